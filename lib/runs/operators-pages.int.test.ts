import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, events, profiles, runAttempts, runs, sermons } from '#lib/db/schema.ts'
import { discardDeadLetters, redriveOne } from '#lib/dead-letters/close-dead-letters.ts'
import { readDeadLetterGroup } from '#lib/dead-letters/read-dead-letter-group.ts'
import { eventFilterSchema, listEvents } from '#lib/events/list-events.ts'
import { listScheduledEvents } from '#lib/events/list-scheduled-events.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { pruneJobs } from '#lib/recovery/prune-jobs.ts'
import { reconcileRuns } from '#lib/recovery/reconcile-runs.ts'
import { cancelRun } from '#lib/runs/cancel-run.ts'
import { listJobActions } from '#lib/runs/list-job-actions.ts'
import { listRuns, type RunFilter, runFilterSchema } from '#lib/runs/list-runs.ts'
import { readRun } from '#lib/runs/read-run.ts'
import {
  type RunContext,
  recordRunFinished,
  recordRunRetrying,
  recordRunStarted,
} from '#lib/runs/record-run.ts'
import { summariseRuns } from '#lib/runs/summarise-runs.ts'
import { schedulePublication } from '#lib/sermons/publish-sermon.ts'
import { createChurch, createRunDeadLetters, createSermons } from '#test/job-fixtures.ts'
import { type LoopbackEngine, startLoopbackEngine } from '#test/start-loopback-engine.ts'

const actorId = '00000000-0000-4000-8000-000000000001'
let database: TestDatabase
let connection: DatabaseConnection
let engine: LoopbackEngine
let jobs: JobEngine
let churchId: string
let stranger: string
const now = () => new Date()
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

beforeEach(async () => {
  engine = await startLoopbackEngine()
  jobs = connectJobEngine({ TRIGGER_API_URL: engine.apiUrl, TRIGGER_SECRET_KEY: 'tr_dev_loopback' })
  await connection.db.execute(sql`truncate events, runs, run_attempts, dead_letters, scheduled_events`)
  await connection.db.delete(sermons)
  churchId = await createChurch(connection.db)
  stranger = await createChurch(connection.db)
})

afterEach(() => engine.stop())

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const context = (runId: string, attempt: number, attemptStartedAt = new Date()): RunContext => ({
  runId,
  taskId: 'transcribe',
  attempt,
  attemptStartedAt,
  queue: 'task/transcribe',
  machine: attempt === 1 ? 'small-1x' : 'medium-1x',
  parentRunId: null,
  rootRunId: runId,
  traceId: null,
  payload: { churchId },
})

async function addRun(columns: Partial<typeof runs.$inferInsert> = {}): Promise<string> {
  const id = `run_${randomUUID()}`
  await connection.db
    .insert(runs)
    .values({ id, taskId: 'transcribe', churchId, status: 'completed', createdAt: ago(60), ...columns })
  return id
}

describe('every attempt of a run', () => {
  test('keeps its own error, machine and times after the next attempt', async () => {
    const { db } = connection
    const runId = `run_${randomUUID()}`
    await recordRunStarted({ db }, context(runId, 1, ago(10)))
    await recordRunRetrying({ db }, { runId, error: new Error('The service had a problem.') })
    await recordRunStarted({ db }, context(runId, 2))
    expect((await readRun({ db }, { runId, churchId })).attempts).toMatchObject([
      {
        attempt: 1,
        status: 'failed',
        machine: 'small-1x',
        error: { message: 'The service had a problem.' },
        finishedAt: expect.any(String),
      },
      { attempt: 2, status: 'running', machine: 'medium-1x', error: null, finishedAt: null },
    ])
    await recordRunFinished(
      { db },
      { runId, taskId: 'transcribe', status: 'failed', error: new Error('The key was refused.') },
    )
    const { attempts } = await readRun({ db }, { runId, churchId })
    expect(attempts.map(({ error }) => error?.message)).toEqual([
      'The service had a problem.',
      'The key was refused.',
    ])
  })

  test('is recorded as crashed when its process died and the next attempt begins', async () => {
    const { db } = connection
    const runId = `run_${randomUUID()}`
    await recordRunStarted({ db }, context(runId, 1, ago(10)))
    await recordRunStarted({ db }, context(runId, 2))
    await recordRunFinished({ db }, { runId, taskId: 'transcribe', status: 'completed', output: {} })
    expect((await readRun({ db }, { runId, churchId })).attempts).toMatchObject([
      { attempt: 1, status: 'crashed', error: { name: 'AttemptLost' }, finishedAt: expect.any(String) },
      { attempt: 2, status: 'completed', error: null },
    ])
  })

  test('has its own row when the engine repeats the number of an attempt that did not count', async () => {
    const { db } = connection
    const runId = `run_${randomUUID()}`
    await recordRunStarted({ db }, context(runId, 1, ago(30)))
    await recordRunStarted({ db }, context(runId, 1, ago(20)))
    await recordRunRetrying({ db }, { runId, error: new Error('The service had a problem.') })
    await recordRunStarted({ db }, context(runId, 2, ago(10)))
    const run = await readRun({ db }, { runId, churchId })
    expect(run.attempt).toBe(3)
    expect(run.attempts).toMatchObject([
      { attempt: 1, status: 'crashed', error: { name: 'AttemptLost' } },
      { attempt: 2, status: 'failed', error: { message: 'The service had a problem.' } },
      { attempt: 3, status: 'running', error: null },
    ])
  })

  test('is recorded once when its record is written again after a lost answer', async () => {
    const { db } = connection
    const runId = `run_${randomUUID()}`
    const startedAt = ago(10)
    await recordRunStarted({ db }, context(runId, 1, startedAt))
    await recordRunStarted({ db }, context(runId, 1, startedAt))
    expect((await readRun({ db }, { runId, churchId })).attempts).toMatchObject([
      { attempt: 1, status: 'running', startedAt: startedAt.toISOString(), finishedAt: null },
    ])
  })

  test('is ended with its run by the reconciler when no hook ran', async () => {
    const { db } = connection
    const runId = await jobs.start(
      'remove-objects',
      { churchId, objects: [] },
      { idempotencyKey: randomUUID(), tags: [] },
    )
    await recordRunStarted({ db }, context(runId, 1))
    const [run] = engine.runs
    if (run) Object.assign(run, { status: 'TIMED_OUT', error: { name: 'Error', message: 'Too long.' } })
    await reconcileRuns({ db, jobs, now: () => new Date(Date.now() + 60_000) })
    const attempts = await db.select().from(runAttempts).where(eq(runAttempts.runId, runId))
    expect(attempts).toMatchObject([{ status: 'timed_out', finishedAt: expect.any(Date) }])
    expect(attempts[0]?.error).not.toBeNull()
  })

  test('is removed with its run', async () => {
    const { db } = connection
    const old = `run_${randomUUID()}`
    const recent = `run_${randomUUID()}`
    for (const runId of [old, recent]) {
      await recordRunStarted({ db }, context(runId, 1))
      await recordRunFinished({ db }, { runId, taskId: 'transcribe', status: 'completed', output: {} })
    }
    const longAgo = ago(40 * 86_400)
    await db.update(runs).set({ createdAt: longAgo, finishedAt: longAgo }).where(eq(runs.id, old))
    await pruneJobs({ db, now }, { keepRunsDays: 30, keepEventsDays: 30 })
    expect(await db.$count(runAttempts, eq(runAttempts.runId, old))).toBe(0)
    expect(await db.$count(runAttempts, eq(runAttempts.runId, recent))).toBe(1)
  })
})

describe('the filters of the runs', () => {
  const found = async (filter: Partial<RunFilter>) => {
    const { db } = connection
    const page = await listRuns({ db }, { ...runFilterSchema.parse(filter), churchId })
    return page.runs.map(({ id }) => id).toSorted()
  }

  test('find literal text in the message or the reason of the error', async () => {
    const error = (message: string, reason?: string) => ({
      status: 'failed' as const,
      error: { name: 'MediaError', message, stack: 'at decode', ...(reason ? { reason } : {}) },
    })
    const full = await addRun(error('The disk is 100% full.'))
    const other = await addRun(error('The disk is 100 times slower.', 'media.slow_disk'))
    await addRun({ ...error('The disk is 100% full.'), churchId: stranger })
    await addRun()
    expect(await found({ error: '100% FULL' })).toEqual([full])
    expect(await found({ error: 'slow_disk' })).toEqual([other])
    expect(await found({ error: 'disk is' })).toEqual([full, other].toSorted())
    expect(await found({ error: 'slowXdisk' })).toEqual([])
  })

  test('find sermons of the church by text in their titles', async () => {
    const { db } = connection
    const [mine = ''] = await createSermons(db, { churchId, count: 1 })
    const [theirs = ''] = await createSermons(db, { churchId: stranger, count: 1 })
    await db.update(sermons).set({ title: 'A Pillar of Cloud' })
    const run = await addRun({ sermonId: mine })
    await addRun({ sermonId: theirs, churchId: stranger })
    await addRun()
    expect(await found({ title: 'pillar' })).toEqual([run])
    expect(await found({ title: 'no such title' })).toEqual([])
  })

  test('accept one value for all live runs and one for all failed runs', async () => {
    const { db } = connection
    const live = await addRun({ status: 'queued' })
    const bad = await addRun({ status: 'timed_out' })
    await addRun({ status: 'cancelled' })
    expect(await found({ status: 'live' })).toEqual([live])
    expect(await found({ status: 'bad' })).toEqual([bad])
    expect(await summariseRuns({ db, now }, { churchId })).toEqual({ running: 0, queued: 1, failedToday: 1 })
  })

  test('page through all runs, even if many were created at the same time', async () => {
    const { db } = connection
    const at = '2026-11-01 10:00:00.000'
    const ids = await Promise.all(Array.from({ length: 7 }, () => addRun()))
    for (const [index, id] of ids.entries()) {
      await db.execute(
        sql`update runs set created_at = ${`${at}${String(index % 3)}00+00`}::timestamptz where id = ${id}`,
      )
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listRuns>> = await listRuns(
        { db },
        { ...runFilterSchema.parse({ limit: 2, ...(cursor ? { cursor } : {}) }), churchId },
      )
      seen.push(...page.runs.map(({ id }) => id))
      cursor = page.next
    } while (cursor)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })
})

test('a queued child run is shown before it starts, after its parent has been checked', async () => {
  const { db } = connection
  const start = (key: string) =>
    jobs.start('remove-objects', { churchId, objects: [] }, { idempotencyKey: key, tags: [] })
  const parentRunId = await start(randomUUID())
  const childId = await start(randomUUID())
  const doneId = await start(randomUUID())
  for (const run of engine.runs) {
    if (run.id === parentRunId) run.status = 'WAITING'
    else run.parentId = parentRunId
    if (run.id === doneId) run.status = 'COMPLETED'
  }
  await addRun({ id: parentRunId, status: 'running' })
  const later = { db, jobs, now: () => new Date(Date.now() + 60_000) }
  await reconcileRuns(later)
  await reconcileRuns(later)
  const { family } = await readRun({ db }, { runId: parentRunId, churchId })
  expect(family.map(({ id, status }) => [id, status])).toEqual([
    [parentRunId, 'waiting'],
    [childId, 'queued'],
  ])
  expect(await readRun({ db }, { runId: childId, churchId })).toMatchObject({ parentRunId, churchId })
})

describe('cancelling one run', () => {
  test('ends it in the engine and shows it immediately, even if the run never started and so has no hook', async () => {
    const { db } = connection
    const id = await jobs.start(
      'remove-objects',
      { churchId, objects: [] },
      { idempotencyKey: randomUUID(), tags: [] },
    )
    await addRun({ id, taskId: 'remove-objects', status: 'queued' })
    await cancelRun({ db, jobs, now }, { runId: id, churchId, actorId })
    expect(engine.runs).toMatchObject([{ id, status: 'CANCELED' }])
    expect(await readRun({ db }, { runId: id, churchId })).toMatchObject({ status: 'cancelled' })
    expect(await listJobActions({ db }, { churchId, kind: 'runs', subject: id })).toMatchObject([
      { action: 'run.cancelled' },
    ])
    await expect(cancelRun({ db, jobs, now }, { runId: id, churchId, actorId })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('is refused for another church', async () => {
    const { db } = connection
    const id = await addRun({ status: 'running', churchId: stranger })
    await expect(cancelRun({ db, jobs, now }, { runId: id, churchId, actorId })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await db.$count(auditLog, eq(auditLog.churchId, churchId))).toBe(0)
  })

  test('reports an unavailable engine, and does not change the run', async () => {
    const { db } = connection
    const id = await addRun({ status: 'running' })
    await engine.down()
    await expect(cancelRun({ db, jobs, now }, { runId: id, churchId, actorId })).rejects.toMatchObject({
      code: 'unavailable',
    })
    expect(await readRun({ db }, { runId: id, churchId })).toMatchObject({ status: 'running' })
  })
})

test('an event shows its run or its dead letter', async () => {
  const { db } = connection
  const runId = await addRun({ status: 'running' })
  const event = { type: 'sermon.uploaded' as const, churchId, payload: {} }
  const stored = await db
    .insert(events)
    .values([
      { ...event, state: 'forwarded', runId },
      { ...event, state: 'dead' },
      { ...event, churchId: stranger },
    ])
    .returning({ id: events.id })
  await db.insert(deadLetters).values({
    ...{ kind: 'event', subject: stored[1]?.id ?? '', type: event.type, churchId },
    ...{ fingerprint: 'gone', reason: 'Not taken.', advice: 'Redrive.' },
  })
  const { events: shown } = await listEvents({ db }, { ...eventFilterSchema.parse({}), churchId })
  expect(shown).toMatchObject([
    { state: 'dead', runStatus: null, deadLetter: { state: 'open', fingerprint: 'gone' } },
    { state: 'forwarded', runId, runStatus: 'running', deadLetter: null },
  ])
})

test('scheduled work is shown to its church, soonest first', async () => {
  const { db } = connection
  const [first = '', second = ''] = await createSermons(db, { churchId, count: 2 })
  const [other = ''] = await createSermons(db, { churchId: stranger, count: 1 })
  const plan = (sermonId: string, of: string, hours: number) =>
    schedulePublication({ db, now }, { sermonId, churchId: of, publishAt: ago(-3600 * hours) })
  await plan(second, churchId, 48)
  await plan(first, churchId, 2)
  await plan(other, stranger, 1)
  const scheduled = await listScheduledEvents({ db }, { churchId })
  expect(scheduled.map(({ sermon }) => sermon?.id)).toEqual([first, second])
})

describe('the dead letters of one kind', () => {
  test('are counted by state for one church, with the actions on them', async () => {
    const { db } = connection
    const name = 'Ruth'
    await db
      .insert(profiles)
      .values({ id: actorId, email: 'ruth@example.org', displayName: name })
      .onConflictDoNothing()
    const about = { type: 'prepare-media', fingerprint: 'kind', createdAt: ago(600) }
    const sermonIds = await createSermons(db, { churchId, count: 3 })
    const [one = '', two = ''] = await createRunDeadLetters(db, { ...about, churchId, sermonIds })
    const theirs = await createSermons(db, { churchId: stranger, count: 2 })
    await createRunDeadLetters(db, { ...about, churchId: stranger, sermonIds: theirs })
    await redriveOne({ db, now }, { deadLetterId: one, churchId, actorId })
    await discardDeadLetters({ db, now }, { deadLetterIds: [two], churchId, actorId: null })

    const group = await readDeadLetterGroup({ db, now }, { fingerprint: 'kind', churchId })
    expect(group.counts).toEqual({ open: 1, redriven: 1, resolved: 0, discarded: 1 })
    expect(group.sparkline.at(-1)).toBe(3)
    const actions = await listJobActions({ db }, { churchId, kind: 'dead-letters', fingerprint: 'kind' })
    expect(actions).toMatchObject([
      { action: 'dead-letter.discarded', actor: null },
      { action: 'dead-letter.redriven', actor: name },
    ])
    expect(
      await listJobActions({ db }, { churchId: stranger, kind: 'dead-letters', fingerprint: 'kind' }),
    ).toEqual([])
  })

  test('of another church are not found', async () => {
    const { db } = connection
    const sermonIds = await createSermons(db, { churchId: stranger, count: 1 })
    const about = { type: 'prepare-media', fingerprint: 'theirs', createdAt: ago(600) }
    await createRunDeadLetters(db, { ...about, churchId: stranger, sermonIds })
    await expect(readDeadLetterGroup({ db, now }, { fingerprint: 'theirs', churchId })).rejects.toMatchObject(
      { code: 'not_found' },
    )
  })
})
