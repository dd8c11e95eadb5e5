import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, type RunStatus, runs, sermons } from '#lib/db/schema.ts'
import { redriveOne } from '#lib/dead-letters/close-dead-letters.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { AppError } from '#lib/errors.ts'
import { forwardEvents } from '#lib/events/forward-events.ts'
import { requestProcessing } from '#lib/facets/request-processing.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { pruneJobs } from '#lib/recovery/prune-jobs.ts'
import { reconcileFacets } from '#lib/recovery/reconcile-facets.ts'
import { reconcileRuns } from '#lib/recovery/reconcile-runs.ts'
import { recordFailedRuns } from '#lib/recovery/record-failed-runs.ts'
import { resolveFixedDeadLetters } from '#lib/recovery/resolve-fixed-dead-letters.ts'
import { recordRunFinished } from '#lib/runs/record-run.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { type LoopbackEngine, startLoopbackEngine } from '#test/start-loopback-engine.ts'

let database: TestDatabase
let connection: DatabaseConnection
let engine: LoopbackEngine
let jobs: JobEngine
let churchId: string
let time = new Date()
const now = () => time
const minutes = (count: number) => {
  time = new Date(time.getTime() + count * 60_000)
}
const dependencies = () => ({ db: connection.db, jobs, now })

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  churchId = await createChurch(connection.db)
})

beforeEach(async () => {
  // Ahead of the clock of the database, which sets the times of the rows.
  time = new Date(Date.now() + 1000)
  engine = await startLoopbackEngine()
  jobs = connectJobEngine({ TRIGGER_API_URL: engine.apiUrl, TRIGGER_SECRET_KEY: 'tr_dev_loopback' })
  await connection.db.execute(sql`truncate events, runs, dead_letters, run_steps`)
  await connection.db.delete(sermons)
})

afterEach(() => engine.stop())

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** Creates a sermon, forwards its request to the engine and adds a child run that prepares its media. */
async function startSermon() {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  await db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo: [] }))
  // On a busy machine the time of the event may be later than our clock.
  time = new Date(Math.max(time.getTime(), Date.now() + 1000))
  await forwardEvents(
    { ...dependencies(), random: () => 0, recordExhausted: recordExhaustedEvent },
    { limit: 10 },
  )
  const parent = engine.runs.find(({ payload }) => payload.sermonId === sermonId)
  if (!parent) throw new Error('The engine has no such run')
  return { sermonId, parent }
}

async function addRun(input: {
  sermonId: string
  taskId: string
  status: RunStatus
  parentRunId?: string
  finishedAt?: Date
}) {
  const id = `run_${randomUUID()}`
  await connection.db.insert(runs).values({ id, churchId, createdAt: time, updatedAt: time, ...input })
  return id
}

/** One pass over everything but storage, as in the web process. */
async function runPass() {
  await reconcileRuns(dependencies())
  await recordFailedRuns(dependencies())
  await reconcileFacets(dependencies())
  await resolveFixedDeadLetters(dependencies())
}

const readSermon = async (id: string) =>
  (await connection.db.select().from(sermons).where(eq(sermons.id, id)))[0]
const readRunRow = async (id: string) => (await connection.db.select().from(runs).where(eq(runs.id, id)))[0]
const readDeadLetters = () => connection.db.select().from(deadLetters)

describe('a run that ended without reporting it', () => {
  test.each([
    ['TIMED_OUT', 'timed_out', 'exceeded its time limit'],
    ['CRASHED', 'crashed', 'stopped before the work'],
    ['SYSTEM_FAILURE', 'crashed', 'stopped before the work'],
    ['EXPIRED', 'expired', 'waited in its queue'],
  ])(
    'as %s is recorded as ended, shown on the sermon and gets one dead letter',
    async (word, status, reason) => {
      const { sermonId, parent } = await startSermon()
      minutes(1)
      await runPass()
      expect(await readDeadLetters()).toEqual([])
      parent.status = word
      minutes(1)
      // Two processes check at the same time.
      await Promise.all([runPass(), runPass()])
      minutes(3)
      await Promise.all([runPass(), runPass()])
      expect(await readRunRow(parent.id)).toMatchObject({ status, finishedAt: expect.any(Date) })
      const recorded = await readDeadLetters()
      expect(recorded).toHaveLength(1)
      expect(recorded[0]).toMatchObject({
        kind: 'run',
        subject: parent.id,
        type: 'process-sermon',
        sermonId,
        state: 'open',
        reason: expect.stringContaining(reason),
        advice: expect.stringContaining('edrive'),
      })
      const sermon = await readSermon(sermonId)
      expect(sermon).toMatchObject({ mediaStatus: 'failed', transcriptStatus: 'failed' })
      expect(sermon?.mediaError?.message).toContain('try again')
    },
  )

  test('as completed is recorded and gets no dead letter', async () => {
    const { sermonId, parent } = await startSermon()
    await connection.db
      .update(sermons)
      .set({ mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' })
      .where(eq(sermons.id, sermonId))
    parent.status = 'COMPLETED'
    minutes(5)
    await runPass()
    expect(await readRunRow(parent.id)).toMatchObject({ status: 'completed' })
    expect(await readDeadLetters()).toEqual([])
  })

  test('as cancelled is shown on the sermon and gets no dead letter', async () => {
    const { sermonId, parent } = await startSermon()
    await jobs.cancel(parent.id)
    minutes(3)
    await runPass()
    minutes(3)
    await runPass()
    expect(await readRunRow(parent.id)).toMatchObject({ status: 'cancelled' })
    expect(await readSermon(sermonId)).toMatchObject({
      mediaStatus: 'failed',
      mediaError: { reason: 'media.cancelled' },
    })
    expect(await readDeadLetters()).toEqual([])
  })

  test('is never changed while the engine is unavailable or reports it as running', async () => {
    const { sermonId, parent } = await startSermon()
    await engine.down()
    minutes(30)
    await expect(reconcileRuns(dependencies())).rejects.toThrow()
    await recordFailedRuns(dependencies())
    await reconcileFacets(dependencies())
    await engine.restart()
    parent.status = 'EXECUTING'
    minutes(600)
    await runPass()
    expect(await readRunRow(parent.id)).toMatchObject({ status: 'running' })
    expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'pending' })
    expect(await readDeadLetters()).toEqual([])
  })
})

describe('a run that is missing in the engine', () => {
  test('is forwarded again while its work is not done, until no attempts are left', async () => {
    const { sermonId, parent } = await startSermon()
    engine.forget(parent.id)
    minutes(2)
    await Promise.all([runPass(), runPass()])
    expect(await readRunRow(parent.id)).toMatchObject({ status: 'crashed', error: { reason: 'run.lost' } })
    await forwardEvents(
      { ...dependencies(), random: () => 0, recordExhausted: recordExhaustedEvent },
      { limit: 10 },
    )
    expect(engine.runs).toHaveLength(2)
    const [event] = await connection.db.select().from(events)
    expect(event).toMatchObject({ state: 'forwarded', runId: engine.runs[1]?.id, attempts: 2 })
    expect(await readDeadLetters()).toEqual([])

    await connection.db.update(events).set({ attempts: 20 })
    engine.forget(engine.runs[1]?.id ?? '')
    minutes(2)
    await runPass()
    minutes(3)
    await runPass()
    expect(await readDeadLetters()).toMatchObject([{ kind: 'event', subject: event?.id, sermonId }])
    expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'failed' })
  })

  test('is not forwarded again when its work is done', async () => {
    const { sermonId, parent } = await startSermon()
    await connection.db
      .update(sermons)
      .set({ mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' })
      .where(eq(sermons.id, sermonId))
    engine.forget(parent.id)
    minutes(5)
    await runPass()
    const [event] = await connection.db.select().from(events)
    expect(event).toMatchObject({ state: 'forwarded' })
    expect(await readDeadLetters()).toEqual([])
  })
})

describe('a stalled sermon', () => {
  test('is found within five minutes: failed with an error, one dead letter for each facet', async () => {
    const { sermonId, parent } = await startSermon()
    parent.status = 'COMPLETED'
    await connection.db
      .update(sermons)
      .set({ transcriptStatus: 'ready', indexStatus: 'ready' })
      .where(eq(sermons.id, sermonId))
    for (let minute = 0; minute < 4; minute += 1) {
      minutes(1)
      await Promise.all([runPass(), runPass()])
    }
    minutes(1)
    await runPass()
    expect(await readSermon(sermonId)).toMatchObject({
      mediaStatus: 'failed',
      mediaError: { reason: 'media.stopped', message: expect.stringContaining('try again') },
      transcriptStatus: 'ready',
    })
    expect(await readDeadLetters()).toMatchObject([
      { kind: 'facet', subject: `${sermonId}/media`, type: 'prepare-media', state: 'open' },
    ])
  })

  test('is not changed while its event waits for a stopped engine', async () => {
    const { db } = connection
    const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
    await db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo: [] }))
    minutes(60)
    await runPass()
    expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'pending' })
  })
})

describe('a run with working hooks', () => {
  test('gets a dead letter when it failed permanently, but not when only the pastor can fix the cause', async () => {
    const { db } = connection
    const [first = '', second = ''] = await createSermons(db, { churchId, count: 2 })
    const bad = await addRun({ sermonId: first, taskId: 'prepare-media', status: 'running' })
    const ours = await addRun({ sermonId: second, taskId: 'transcribe', status: 'running' })
    await recordRunFinished(
      { db },
      {
        runId: bad,
        taskId: 'prepare-media',
        status: 'failed',
        error: new AppError('unprocessable', 'There is no sound in it.', { reason: 'media.silent' }),
      },
    )
    await recordRunFinished(
      { db },
      {
        runId: ours,
        taskId: 'transcribe',
        status: 'failed',
        error: new AppError('vendor_failed', 'The key was refused.', { reason: 'transcriber.key_refused' }),
      },
    )
    await runPass()
    await runPass()
    expect(await readDeadLetters()).toMatchObject([
      { subject: ours, advice: expect.stringContaining('key'), reason: expect.stringContaining('refused') },
    ])
  })

  test('its dead letter is resolved when the work is done in another way, and it does not get a second one', async () => {
    const { db } = connection
    const [sermonId = ''] = await createSermons(db, { churchId, count: 1, mediaStatus: 'failed' })
    const runId = await addRun({ sermonId, taskId: 'prepare-media', status: 'running' })
    const error = new Error('The disk is full')
    await recordRunFinished({ db }, { runId, taskId: 'prepare-media', status: 'failed', error })
    await runPass()
    expect((await readDeadLetters()).map(({ state }) => state)).toEqual(['open'])
    await db.execute(sql`update sermons set media_status = 'ready', updated_at = now() + interval '1 second'`)
    await runPass()
    await runPass()
    expect((await readDeadLetters()).map(({ state }) => state)).toEqual(['resolved'])
  })

  test('redriving its dead letter starts the work again', async () => {
    const { sermonId, parent } = await startSermon()
    parent.status = 'CRASHED'
    minutes(1)
    await runPass()
    const [deadLetter] = await readDeadLetters()
    await redriveOne(
      { db: connection.db, now },
      { deadLetterId: deadLetter?.id ?? '', churchId, actorId: null },
    )
    minutes(1)
    await forwardEvents(
      { ...dependencies(), random: () => 0, recordExhausted: recordExhaustedEvent },
      { limit: 10 },
    )
    expect(engine.runs.filter(({ payload }) => payload.sermonId === sermonId)).toHaveLength(2)
  })
})

test('old rows are removed, except those that are still needed', async () => {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  const old = new Date(time.getTime() - 100 * 86_400_000)
  const common = { churchId, sermonId, taskId: 'transcribe', createdAt: old }
  await db.insert(runs).values([
    { id: 'run_old', ...common, status: 'completed', finishedAt: old },
    { id: 'run_live', ...common, status: 'running' },
    { id: 'run_new', ...common, createdAt: time, status: 'completed', finishedAt: time },
  ])
  const event = { type: 'sermon.reprocess' as const, churchId, sermonId, payload: {} }
  const stored = await db
    .insert(events)
    .values([
      { ...event, state: 'forwarded' as const, createdAt: old },
      { ...event, state: 'dead' as const, createdAt: old },
      { ...event, state: 'pending' as const, createdAt: old },
    ])
    .returning()
  const deadLetter = { type: 'x', churchId, fingerprint: 'f', reason: 'r', advice: 'a' }
  await db.insert(deadLetters).values([
    { ...deadLetter, kind: 'event', subject: stored[1]?.id ?? '' },
    { ...deadLetter, kind: 'run', subject: 'run_x', keepUntil: old },
  ])
  const removed = await pruneJobs({ db, now }, { keepRunsDays: 90, keepEventsDays: 90 })
  expect(removed).toEqual({ deadLetters: 1, runs: 1, events: 1, steps: 0 })
  expect((await db.select({ id: runs.id }).from(runs)).map(({ id }) => id).sort()).toEqual([
    'run_live',
    'run_new',
  ])
  expect((await db.select().from(events)).map(({ state }) => state).sort()).toEqual(['dead', 'pending'])
})
