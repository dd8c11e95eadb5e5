import { randomUUID } from 'node:crypto'
import { and, asc, eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, runs } from '#lib/db/schema.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { eventPolicies } from '#lib/events/event-policies.ts'
import { forwardEvents } from '#lib/events/forward-events.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type LoopbackEngine, startLoopbackEngine } from '#test/start-loopback-engine.ts'

let database: TestDatabase
let connection: DatabaseConnection
let engine: LoopbackEngine
let jobs: JobEngine
let churchId: string
let time = new Date('2027-03-01T10:00:00Z')
const now = () => time
const advanceTime = (ms: number) => {
  time = new Date(time.getTime() + ms)
}
const random = () => 0.5
const dependencies = () => ({ db: connection.db, jobs, now, random, recordExhausted: recordExhaustedEvent })

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  churchId = await createChurch(connection.db)
})

beforeEach(async () => {
  engine = await startLoopbackEngine()
  jobs = connectJobEngine({ TRIGGER_API_URL: engine.apiUrl, TRIGGER_SECRET_KEY: 'tr_dev_loopback' })
  await connection.db.execute(sql`truncate events, runs, dead_letters`)
})

afterEach(() => engine.stop())

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** Stores events, several for each sermon in turn; returns the sermons' ids. */
async function storeEvents({ count, sermonCount }: { count: number; sermonCount: number }) {
  const sermonIds = Array.from({ length: sermonCount }, () => randomUUID())
  const rows = Array.from({ length: count }, (_, index) => {
    const sermonId = sermonIds[index % sermonCount] ?? ''
    const payload = { churchId, sermonId, mediaRevision: Math.floor(index / sermonCount), redo: [] }
    return {
      type: 'sermon.reprocess' as const,
      churchId,
      sermonId,
      payload,
      createdAt: time,
      nextAttemptAt: time,
    }
  })
  for (let start = 0; start < rows.length; start += 500) {
    await connection.db.insert(events).values(rows.slice(start, start + 500))
  }
  return sermonIds
}

const countEvents = async (state: 'pending' | 'forwarded' | 'dead') =>
  connection.db.$count(events, eq(events.state, state))

/** Forwards until nothing is due, advancing the clock for events that wait. */
async function forwardAll() {
  for (let turn = 0; turn < 500; turn += 1) {
    const processed = await forwardEvents(dependencies(), { limit: 200 })
    if (processed > 0) continue
    if ((await countEvents('pending')) === 0) return
    advanceTime(60_000)
  }
  throw new Error('Events are still waiting')
}

describe('forwarding events to the engine', () => {
  test('of 600 events while the engine is stopped none is lost or started twice, and each sermon keeps its order', async () => {
    await storeEvents({ count: 600, sermonCount: 120 })
    await engine.down()
    // Each first event is attempted and postponed; none is lost or becomes a dead letter.
    for (let turn = 0; turn < 3; turn += 1) await forwardEvents(dependencies(), { limit: 40 })
    expect(await countEvents('pending')).toBe(600)
    await engine.restart()
    // Some answers are lost while the engine restarts.
    let requests = 0
    engine.fault = () => {
      requests += 1
      return requests % 97 === 0 ? 'accept-then-hang-up' : 'none'
    }
    await forwardAll()
    expect(await countEvents('forwarded')).toBe(600)
    expect(engine.runs).toHaveLength(600)
    expect(engine.asked()).toBeGreaterThan(600)
    expect(new Set(engine.runs.map(({ payload }) => payload.eventId)).size).toBe(600)
    expect(await connection.db.$count(runs)).toBe(600)
    const order = new Map<unknown, number[]>()
    for (const { payload } of engine.runs) {
      order.set(payload.sermonId, [...(order.get(payload.sermonId) ?? []), Number(payload.mediaRevision)])
    }
    expect(order.size).toBe(120)
    for (const revisions of order.values()) expect(revisions).toEqual([0, 1, 2, 3, 4])
    expect(await connection.db.$count(deadLetters)).toBe(0)
  })

  test('a crash between starting a run and recording it starts nothing twice', async () => {
    await storeEvents({ count: 1, sermonCount: 1 })
    const dies = new Error('the process died')
    const dyingDatabase = new Proxy(connection.db, {
      get(target, name, receiver) {
        if (name === 'transaction' || name === 'update') {
          return () => {
            throw dies
          }
        }
        return Reflect.get(target, name, receiver) as unknown
      },
    })
    await forwardEvents({ ...dependencies(), db: dyingDatabase }, { limit: 10 }).catch(() => {})
    expect(engine.runs).toHaveLength(1)
    expect(await countEvents('pending')).toBe(1)
    await forwardAll()
    expect(engine.runs).toHaveLength(1)
    expect(engine.asked()).toBe(2)
    const [event] = await connection.db.select().from(events)
    expect(event).toMatchObject({ state: 'forwarded', runId: engine.runs[0]?.id })
  })

  test('two simultaneous forwarders start everything once', async () => {
    await storeEvents({ count: 60, sermonCount: 20 })
    const other = connectDatabase(database.connectionString)
    for (let turn = 0; turn < 6; turn += 1) {
      await Promise.all([
        forwardEvents(dependencies(), { limit: 50 }),
        forwardEvents({ ...dependencies(), db: other.db }, { limit: 50 }),
      ])
    }
    await other.close()
    expect(await countEvents('forwarded')).toBe(60)
    expect(engine.runs).toHaveLength(60)
  })

  test('a later event of a sermon waits for an earlier one that is backing off; other sermons do not', async () => {
    const [first = ''] = await storeEvents({ count: 4, sermonCount: 2 })
    engine.fault = (payload) =>
      payload.sermonId === first && payload.mediaRevision === 0 ? 'refuse' : 'none'
    for (let turn = 0; turn < 4; turn += 1) await forwardEvents(dependencies(), { limit: 10 })
    expect(engine.runs.map(({ payload }) => payload.sermonId)).not.toContain(first)
    expect(engine.runs).toHaveLength(2)
    engine.fault = () => 'none'
    await forwardAll()
    expect(
      engine.runs
        .filter(({ payload }) => payload.sermonId === first)
        .map(({ payload }) => payload.mediaRevision),
    ).toEqual([0, 1])
  })

  test('after its last attempt an event becomes a dead letter with the reason, and the next event of its sermon is forwarded', async () => {
    const [sermonId = ''] = await storeEvents({ count: 2, sermonCount: 1 })
    engine.fault = (payload) => (payload.mediaRevision === 0 ? 'refuse' : 'none')
    const { maxAttempts } = eventPolicies['sermon.reprocess']
    for (let turn = 1; turn < maxAttempts; turn += 1) {
      expect(await forwardEvents(dependencies(), { limit: 10 })).toBe(1)
      expect(await forwardEvents(dependencies(), { limit: 10 })).toBe(0)
      advanceTime(16 * 60_000)
    }
    expect(await connection.db.$count(deadLetters)).toBe(0)
    await forwardEvents(dependencies(), { limit: 10 })
    const [dead] = await connection.db.select().from(events).orderBy(asc(events.sequence)).limit(1)
    expect(dead).toMatchObject({ state: 'dead', attempts: maxAttempts })
    expect(await connection.db.select().from(deadLetters)).toMatchObject([
      {
        kind: 'event',
        subject: dead?.id,
        sermonId,
        state: 'open',
        reason: expect.stringContaining('out of order'),
      },
    ])
    await forwardEvents(dependencies(), { limit: 10 })
    expect(engine.runs).toHaveLength(1)
  })

  test('the answer “too many requests” counts as no attempt and creates no dead letter', async () => {
    await storeEvents({ count: 1, sermonCount: 1 })
    engine.fault = () => 'too-many-requests'
    for (let turn = 0; turn < 30; turn += 1) {
      await forwardEvents(dependencies(), { limit: 10 })
      advanceTime(16 * 60_000)
    }
    expect(await connection.db.$count(events, and(eq(events.state, 'pending'), eq(events.attempts, 0)))).toBe(
      1,
    )
    engine.fault = () => 'none'
    await forwardAll()
    expect(engine.runs).toHaveLength(1)
  })

  test.each([
    ['120', 120_000, 180_000],
    [undefined, 10_000, 15_000],
    ['Thu, 01 Jan 2026 00:00:00 GMT', 1000, 1500],
  ])(
    'an engine that answers “too many requests” with “%s” is not called again for that long',
    async (retryAfter, least, most) => {
      await storeEvents({ count: 1, sermonCount: 1 })
      engine.fault = () => 'too-many-requests'
      engine.retryAfter = retryAfter
      await forwardEvents({ ...dependencies(), random: Math.random }, { limit: 10 })
      const [event] = await connection.db.select().from(events).where(eq(events.state, 'pending'))
      const waitMs = (event?.nextAttemptAt.getTime() ?? 0) - time.getTime()
      expect(waitMs).toBeGreaterThanOrEqual(least)
      expect(waitMs).toBeLessThanOrEqual(most)
      expect(event?.attempts).toBe(0)
    },
  )

  test('an event of an unknown type is retried a limited number of times, then becomes a dead letter', async () => {
    await connection.db
      .insert(events)
      .values({ type: sql`'sermon.unheard-of'`, churchId, payload: {}, createdAt: time, nextAttemptAt: time })
    for (let turn = 0; turn < 40; turn += 1) {
      await forwardEvents(dependencies(), { limit: 10 })
      advanceTime(16 * 60_000)
    }
    expect(await countEvents('dead')).toBe(1)
    expect(await connection.db.$count(deadLetters)).toBe(1)
  })
})
