import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { findAlerts } from '#lib/alerts/find-alerts.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, events, runs } from '#lib/db/schema.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { readEngineQueues } from '#lib/jobs/read-engine-queues.ts'
import { cancelRuns, countRuns, retryRuns } from '#lib/runs/change-runs.ts'
import { listErrorGroups } from '#lib/runs/list-error-groups.ts'
import { readPausedFacets } from '#lib/runs/read-paused-facets.ts'
import { pauseQueue, readQueues, resumeQueue } from '#lib/runs/read-queues.ts'
import { readTaskFigures } from '#lib/runs/read-task-figures.ts'
import { recordQueuedChildren } from '#lib/runs/record-queued-children.ts'
import { summariseRuns } from '#lib/runs/summarise-runs.ts'
import { readJobFigures } from '#lib/telemetry/read-job-figures.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { type LoopbackEngine, startLoopbackEngine } from '#test/start-loopback-engine.ts'

const actorId = '00000000-0000-4000-8000-000000000001'
const time = new Date('2027-03-08T12:00:00Z')
const now = () => time
const ago = (seconds: number) => new Date(time.getTime() - seconds * 1000)
let database: TestDatabase
let connection: DatabaseConnection
let engine: LoopbackEngine
let jobs: JobEngine
let churchId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

beforeEach(async () => {
  engine = await startLoopbackEngine()
  jobs = connectJobEngine({ TRIGGER_API_URL: engine.apiUrl, TRIGGER_SECRET_KEY: 'tr_dev_loopback' })
  await connection.db.execute(sql`truncate events, runs, dead_letters`)
  churchId = await createChurch(connection.db)
})

afterEach(() => engine.stop())

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** Starts runs of a task in the engine and records them here. */
async function startRuns(count: number) {
  for (let index = 0; index < count; index += 1) {
    const id = await jobs.start(
      'remove-objects',
      { churchId, objects: [] },
      { idempotencyKey: `key-${index}`, tags: [] },
    )
    const status = 'queued' as const
    await connection.db
      .insert(runs)
      .values({ id, taskId: 'remove-objects', churchId, status, createdAt: ago(60 + index) })
  }
}

describe('queues', () => {
  test('show backlog, longest wait, limit and pause; pausing and resuming reach the engine and are audited', async () => {
    const { db } = connection
    await startRuns(3)
    const queue = 'task/remove-objects'
    const find = async () => {
      const { queues } = await readQueues({ db, jobs, now })
      return queues.find(({ name }) => name === queue)
    }
    // An engine that answers slowly is left out of one read, so read again.
    await expect.poll(find).toEqual({
      name: queue,
      running: 0,
      backlog: 3,
      oldestAgeMs: 62_000,
      paused: false,
      limit: 1,
    })
    await pauseQueue({ db, jobs }, { queue, churchId, actorId })
    await expect.poll(find).toMatchObject({ paused: true })
    await resumeQueue({ db, jobs }, { queue, churchId, actorId })
    await expect.poll(find).toMatchObject({ paused: false, limit: 1 })
    const audit = await db.select().from(auditLog).where(eq(auditLog.churchId, churchId))
    expect(audit.map(({ action }) => action).sort()).toEqual(['queue.paused', 'queue.resumed'])
  })

  test('are still counted while the engine is unavailable; a pause is refused with an error', async () => {
    const { db } = connection
    await startRuns(2)
    await engine.down()
    const { queues, engineAnswers } = await readQueues({ db, jobs, now })
    expect(engineAnswers).toBe(false)
    expect(queues).toMatchObject([{ name: 'task/remove-objects', backlog: 2 }])
    const action = { queue: 'task/remove-objects', churchId, actorId }
    await expect(pauseQueue({ db, jobs }, action)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await db.$count(auditLog, eq(auditLog.churchId, churchId))).toBe(0)
  })
})

test('Runs, Queues, metrics and alerts count the same work in a paused queue, also before it starts', async () => {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  const work = { churchId, sermonId, mediaRevision: 1 }
  const start = (task: 'process-sermon' | 'transcribe') =>
    jobs.start(task, { ...work, redo: [] }, { idempotencyKey: `${task}-${sermonId}`, tags: [] })
  const parentId = await start('process-sermon')
  const childId = await start('transcribe')
  for (const run of engine.runs) {
    if (run.id === parentId) run.status = 'WAITING'
    if (run.id === childId) run.parentId = parentId
  }
  await db.insert(runs).values({
    ...{ id: parentId, taskId: 'process-sermon', rootRunId: parentId, churchId, sermonId, status: 'waiting' },
    ...{ createdAt: ago(3605), startedAt: ago(5), updatedAt: ago(5) },
  })
  await pauseQueue({ db, jobs }, { queue: 'task/transcribe', churchId, actorId })
  expect(await recordQueuedChildren({ db, jobs, now })).toBe(1)
  await db
    .update(runs)
    .set({ createdAt: ago(3600) })
    .where(eq(runs.id, childId))

  expect(await summariseRuns({ db, now }, { churchId })).toMatchObject({ running: 1, queued: 1 })
  const queue = 'task/transcribe'
  await expect
    .poll(async () => (await readQueues({ db, jobs, now })).queues.find(({ name }) => name === queue))
    .toMatchObject({ backlog: 1, oldestAgeMs: 3_600_000, paused: true })
  const { queues } = await readJobFigures({ db }, { now: time })
  expect(queues).toEqual([{ queue, backlog: 1, running: 0, oldestAgeSeconds: 3600 }])
  const alerts = await findAlerts({ db, now }, { siteUrl: 'http://selah.test', queueAgeMs: 60_000 })
  expect(alerts.map(({ key }) => key)).toContain(`queue/${queue}`)
  await expect.poll(() => readPausedFacets({ jobs })).toEqual(['transcript'])
  expect(await recordQueuedChildren({ db, jobs, now })).toBe(0)
})

test('an engine that accepts a request and never answers does not delay the page', async () => {
  const silent = { ...jobs, listQueues: () => new Promise<never>(() => {}) }
  expect(await readEngineQueues(silent)).toBeNull()
})

describe('bulk changes', () => {
  test('cancel the runs that match the filter, but none that appeared after the count', async () => {
    const { db } = connection
    await startRuns(4)
    const chosen = { task: 'remove-objects', churchId }
    expect(await countRuns({ db }, chosen)).toEqual({ total: 4, cancellable: 4, retryable: 0 })
    await expect(cancelRuns({ db, jobs }, { ...chosen, actorId, expected: 3 })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(engine.runs.every(({ status }) => status === 'QUEUED')).toBe(true)
    const done = await cancelRuns({ db, jobs }, { ...chosen, actorId, expected: 4 })
    expect(done).toEqual({ changed: 4, failed: 0, left: 0 })
    expect(engine.runs.every(({ status }) => status === 'CANCELED')).toBe(true)
    const [audit] = await db.select().from(auditLog).where(eq(auditLog.churchId, churchId))
    expect(audit).toMatchObject({ action: 'runs.cancelled', actorId, details: { changed: 4 } })
  })

  test('retry queues work once for each sermon, and does not change runs of other churches', async () => {
    const { db } = connection
    const stranger = await createChurch(db)
    const [mine = ''] = await createSermons(db, { churchId, count: 1 })
    const [theirs = ''] = await createSermons(db, { churchId: stranger, count: 1 })
    const failed = {
      taskId: 'prepare-media',
      status: 'failed' as const,
      createdAt: ago(100),
      finishedAt: ago(50),
    }
    await db.insert(runs).values([
      { id: 'run_a', ...failed, churchId, sermonId: mine },
      { id: 'run_b', ...failed, churchId, sermonId: mine },
      { id: 'run_c', ...failed, churchId: stranger, sermonId: theirs },
      { id: 'run_d', ...failed, churchId, sermonId: mine, status: 'completed' },
    ])
    const chosen = { status: 'failed' as const, churchId }
    expect(await countRuns({ db }, chosen)).toMatchObject({ retryable: 2 })
    const done = await retryRuns({ db, jobs }, { ...chosen, actorId, expected: 2 })
    expect(done).toEqual({ changed: 1, failed: 0, left: 0 })
    expect((await db.select().from(events)).map(({ sermonId }) => sermonId)).toEqual([mine])
  })
})

test('statistics of a task count runs within the window', async () => {
  const { db } = connection
  const run = (id: string, seconds: number, columns: Partial<typeof runs.$inferInsert>) => ({
    id,
    taskId: 'transcribe',
    churchId,
    createdAt: ago(3600),
    startedAt: ago(seconds + 10),
    finishedAt: ago(10),
    attempt: 1,
    ...columns,
    status: columns.status ?? ('completed' as const),
  })
  await db
    .insert(runs)
    .values([
      run('run_1', 10, {}),
      run('run_2', 20, { attempt: 3 }),
      run('run_3', 30, {}),
      run('run_4', 500, { status: 'timed_out' }),
      run('run_5', 500, { status: 'cancelled' }),
      run('run_6', 500, { createdAt: ago(200_000) }),
    ])
  expect(await readTaskFigures({ db, now }, { hours: 24, churchId })).toEqual([
    {
      taskId: 'transcribe',
      runs: 5,
      successRate: 0.75,
      p50Ms: 20_000,
      p95Ms: 29_000,
      retries: 2,
      perHour: 4 / 24,
    },
  ])
})

test('error groups show the newest message first, when it was first and last seen, and how often', async () => {
  const { db } = connection
  const failed = (id: string, fingerprint: string, seconds: number, message: string) => ({
    ...{ id, taskId: 'transcribe', churchId, status: 'failed' as const, createdAt: ago(seconds) },
    ...{ errorFingerprint: fingerprint, error: { name: 'Error', message } },
  })
  await db
    .insert(runs)
    .values([
      failed('run_1', 'one', 6 * 86_400, 'older'),
      failed('run_2', 'one', 60, 'newer'),
      failed('run_3', 'two', 3600, 'other'),
      failed('run_4', 'three', 9 * 86_400, 'too old'),
    ])
  const groups = await listErrorGroups({ db, now }, { churchId })
  expect(groups).toMatchObject([
    { fingerprint: 'one', count: 2, message: 'newer', runId: 'run_2', lastSeen: ago(60).toISOString() },
    { fingerprint: 'two', count: 1 },
  ])
  expect(groups[0]?.firstSeen).toBe(ago(6 * 86_400).toISOString())
  expect(groups[0]?.sparkline).toHaveLength(28)
  expect(groups[0]?.sparkline[4]).toBe(1)
  expect(groups[0]?.sparkline.at(-1)).toBe(1)
})
