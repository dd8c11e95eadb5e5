import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, events, redrives, runSteps, sermons } from '#lib/db/schema.ts'
import { advanceRedrives } from '#lib/dead-letters/advance-redrives.ts'
import { discardDeadLetters, redriveOne } from '#lib/dead-letters/close-dead-letters.ts'
import { listDeadLetterGroups, listDeadLetters } from '#lib/dead-letters/list-dead-letters.ts'
import { planRedrive } from '#lib/dead-letters/plan-redrive.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { startRedrive, stopRedrive } from '#lib/dead-letters/start-redrive.ts'
import { createChurch, createRunDeadLetters, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
const actorId = '00000000-0000-4000-8000-000000000001'
const start = new Date('2027-03-01T10:00:00Z')
let time = start
const now = () => time
const advanceTime = (ms: number) => {
  time = new Date(time.getTime() + ms)
}

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  churchId = await createChurch(connection.db)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function letters(count: number, fingerprint: string) {
  const { db } = connection
  const sermonIds = await createSermons(db, { churchId, count })
  const type = 'prepare-media'
  const createdAt = new Date(time.getTime() - 60_000)
  const deadLetterIds = await createRunDeadLetters(db, { churchId, sermonIds, type, fingerprint, createdAt })
  return { sermonIds, deadLetterIds }
}

const stateOf = async (ids: string[]) => {
  const rows = await connection.db.select().from(deadLetters).where(inArray(deadLetters.id, ids))
  return rows.map(({ state }) => state)
}
const auditOf = (subject: string) =>
  connection.db.select().from(auditLog).where(eq(auditLog.subject, subject))
const redriveRow = async (id: string) =>
  (await connection.db.select().from(redrives).where(eq(redrives.id, id)))[0]

describe('a dry run', () => {
  test('lists the steps that are skipped and those that run, and changes nothing', async () => {
    const { db } = connection
    const { sermonIds } = await letters(1, 'plan')
    const [sermonId = ''] = sermonIds
    for (const [workKey, name] of [
      [`${sermonId}/media/1`, 'probe'],
      [`${sermonId}/media/1`, 'measure'],
      [`${sermonId}/transcript/1/heard`, 'listen'],
      // The result of an older recording is not used.
      [`${sermonId}/media/0`, 'encode'],
    ] as const) {
      await db.insert(runSteps).values({
        ...{ workKey, name, sermonId, churchId, taskId: 'x', runId: 'run_x', attempt: 1 },
        status: 'completed',
      })
    }
    const plan = await planRedrive({ db }, { fingerprint: 'plan', churchId })
    expect(plan.total).toBe(1)
    expect(plan.letters[0]).toMatchObject({
      eventType: 'sermon.reprocess',
      blockedBecause: null,
      skips: ['media/probe', 'media/measure', 'transcript/listen'],
    })
    expect(plan.letters[0]?.performs).toContain('media/encode')
    expect(plan.letters[0]?.performs).not.toContain('transcript/read')
    expect(await db.select().from(events).where(eq(events.sermonId, sermonId))).toEqual([])
  })

  test('says why a dead letter cannot be redriven', async () => {
    const { db } = connection
    const { sermonIds } = await letters(1, 'gone')
    await db.delete(sermons).where(inArray(sermons.id, sermonIds))
    const plan = await planRedrive({ db }, { fingerprint: 'gone', churchId })
    expect(plan.letters[0]?.blockedBecause).toContain('removed')
    await expect(planRedrive({ db }, { fingerprint: 'never seen', churchId })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('redriving one dead letter', () => {
  test('writes one event, sets the failed facets to pending, closes the dead letter and is audited', async () => {
    const { db } = connection
    const { sermonIds, deadLetterIds } = await letters(1, 'one')
    const [deadLetterId = ''] = deadLetterIds
    const [sermonId = ''] = sermonIds
    const both = await Promise.allSettled([
      redriveOne({ db, now }, { deadLetterId, churchId, actorId }),
      redriveOne({ db, now }, { deadLetterId, churchId, actorId }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const written = await db.select().from(events).where(eq(events.sermonId, sermonId))
    expect(written).toMatchObject([{ type: 'sermon.reprocess', payload: { sermonId, redo: [] } }])
    const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
    expect(sermon).toMatchObject({ mediaStatus: 'pending', transcriptStatus: 'pending' })
    const [deadLetter] = await db.select().from(deadLetters).where(eq(deadLetters.id, deadLetterId))
    expect(deadLetter).toMatchObject({ state: 'redriven', newEventId: written[0]?.id })
    expect(await auditOf(deadLetterId)).toMatchObject([{ action: 'dead-letter.redriven', actorId }])
  })

  test('requests other work with its original payload', async () => {
    const { db } = connection
    const payload = { churchId, objects: [{ bucket: 'media', path: 'a/b' }] }
    const [event] = await db
      .insert(events)
      .values({ type: 'sermon.removed', churchId, payload, state: 'dead' })
      .returning()
    const deadLetterId = await recordDeadLetter(db, {
      ...{ kind: 'event', subject: event?.id ?? '', type: 'sermon.removed', churchId, sermonId: null },
      ...{ eventId: event?.id ?? null, fingerprint: 'other', reason: 'r', advice: 'a' },
    })
    const { eventId } = await redriveOne({ db, now }, { deadLetterId: deadLetterId ?? '', churchId, actorId })
    const [again] = await db.select().from(events).where(eq(events.id, eventId))
    expect(again).toMatchObject({ type: 'sermon.removed', payload, state: 'pending' })
  })

  test('cannot reach a dead letter of another church', async () => {
    const { deadLetterIds } = await letters(1, 'theirs')
    const stranger = await createChurch(connection.db)
    const wanted = { deadLetterId: deadLetterIds[0] ?? '', churchId: stranger, actorId }
    await expect(redriveOne({ db: connection.db, now }, wanted)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('releasing the rest', () => {
  test('keeps to the rate across passes and a restart, finishes, and audits every dead letter', async () => {
    const { db } = connection
    const { deadLetterIds } = await letters(25, 'rate')
    const redrive = await startRedrive({ db, now }, { fingerprint: 'rate', perSecond: 10, churchId, actorId })
    expect(redrive).toMatchObject({ state: 'running', total: 25, released: 0 })
    await expect(
      startRedrive({ db, now }, { fingerprint: 'rate', perSecond: 10, churchId, actorId }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await advanceRedrives({ db, now })).toBe(10)
    advanceTime(500)
    expect(await advanceRedrives({ db, now })).toBe(0)
    advanceTime(600)
    // After a long pause neither one process nor two at the same time catch up in a burst.
    const restarted = connectDatabase(database.connectionString)
    advanceTime(8 * 3_600_000)
    const both = await Promise.all([advanceRedrives({ db, now }), advanceRedrives({ db: restarted.db, now })])
    expect(both[0] + both[1]).toBe(10)
    advanceTime(1001)
    expect(await advanceRedrives({ db: restarted.db, now })).toBe(5)
    await restarted.close()
    expect(await redriveRow(redrive.id)).toMatchObject({ state: 'finished', released: 25 })
    expect(new Set(await stateOf(deadLetterIds))).toEqual(new Set(['redriven']))
    expect(await auditOf(deadLetterIds[3] ?? '')).toHaveLength(1)
    expect((await auditOf(redrive.id)).map(({ action }) => action).sort()).toEqual([
      'redrive.finished',
      'redrive.started',
    ])
  })

  test('stops automatically when the failure returns; the rest stays open', async () => {
    const { db } = connection
    const { sermonIds, deadLetterIds } = await letters(12, 'back')
    const redrive = await startRedrive({ db, now }, { fingerprint: 'back', perSecond: 5, churchId, actorId })
    expect(await advanceRedrives({ db, now })).toBe(5)
    await db.insert(deadLetters).values({
      ...{ kind: 'run', subject: 'run_again', type: 'prepare-media', churchId },
      ...{ sermonId: sermonIds[0] ?? null, fingerprint: 'back', reason: 'r', advice: 'a' },
      createdAt: new Date(time.getTime() + 1),
    })
    advanceTime(2000)
    expect(await advanceRedrives({ db, now })).toBe(0)
    expect(await redriveRow(redrive.id)).toMatchObject({
      state: 'stopped',
      released: 5,
      stoppedBecause: 'The same failure came back.',
    })
    expect((await stateOf(deadLetterIds)).filter((state) => state === 'open')).toHaveLength(7)
  })

  test('leaves dead letters that cannot be redriven open, with the reason', async () => {
    const { db } = connection
    const { sermonIds, deadLetterIds } = await letters(3, 'partly')
    await db.delete(sermons).where(eq(sermons.id, sermonIds[1] ?? ''))
    const redrive = await startRedrive(
      { db, now },
      { fingerprint: 'partly', perSecond: 9, churchId, actorId },
    )
    expect(await advanceRedrives({ db, now })).toBe(2)
    expect(await redriveRow(redrive.id)).toMatchObject({ state: 'finished', released: 2, total: 2 })
    const [left] = await db
      .select()
      .from(deadLetters)
      .where(eq(deadLetters.id, deadLetterIds[1] ?? ''))
    expect(left).toMatchObject({
      state: 'open',
      details: { blockedBecause: expect.stringContaining('removed') },
    })
  })

  test('stops when a user stops it', async () => {
    const { db } = connection
    await letters(3, 'enough')
    const { id } = await startRedrive({ db, now }, { fingerprint: 'enough', perSecond: 1, churchId, actorId })
    await stopRedrive({ db, now }, { redriveId: id, churchId, actorId })
    expect(await advanceRedrives({ db, now })).toBe(0)
    expect(await redriveRow(id)).toMatchObject({ state: 'stopped', released: 0 })
  })
})

describe('the lists', () => {
  test('group by fingerprint, page without gaps, and leave out discarded dead letters', async () => {
    const { db } = connection
    const { deadLetterIds } = await letters(5, 'listed')
    const groups = await listDeadLetterGroups({ db, now }, { churchId })
    const group = groups.find(({ fingerprint }) => fingerprint === 'listed')
    expect(group).toMatchObject({ count: 5, type: 'prepare-media', reason: 'It failed.' })
    expect(group?.sparkline.at(-1)).toBe(5)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const filter = { fingerprint: 'listed', limit: 2, churchId, ...(cursor ? { cursor } : {}) }
      const page = await listDeadLetters({ db }, filter)
      seen.push(...page.deadLetters.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(deadLetterIds.toReversed())
    expect(await discardDeadLetters({ db, now }, { fingerprint: 'listed', churchId, actorId })).toBe(5)
    expect(await auditOf('listed')).toMatchObject([
      { action: 'dead-letter.discarded', details: { count: 5 } },
    ])
    const after = await listDeadLetterGroups({ db, now }, { churchId })
    expect(after.some(({ fingerprint }) => fingerprint === 'listed')).toBe(false)
  })

  test('a run or event never gets a second dead letter, and other subjects have at most one open', async () => {
    const { db } = connection
    const deadLetter = { type: 'x', churchId, sermonId: null, fingerprint: 'f', reason: 'r', advice: 'a' }
    const run = { ...deadLetter, kind: 'run' as const, subject: 'run_settled' }
    expect(await recordDeadLetter(db, run)).not.toBeNull()
    await discardDeadLetters({ db, now }, { fingerprint: 'f', churchId, actorId })
    expect(await recordDeadLetter(db, run)).toBeNull()
    const facet = { ...deadLetter, kind: 'facet' as const, subject: 's/media', fingerprint: 'g' }
    expect(await recordDeadLetter(db, facet)).not.toBeNull()
    expect(await recordDeadLetter(db, facet)).toBeNull()
    await discardDeadLetters({ db, now }, { fingerprint: 'g', churchId, actorId })
    expect(await recordDeadLetter(db, facet)).not.toBeNull()
  })
})
