import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, mediaAssets, runAttempts, runs, sermons } from '#lib/db/schema.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { AppError } from '#lib/errors.ts'
import { forwardEvents } from '#lib/events/forward-events.ts'
import { requestProcessing } from '#lib/facets/request-processing.ts'
import { connectJobEngine, type JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { recordFailedRuns } from '#lib/recovery/record-failed-runs.ts'
import { cancelUnwantedRuns } from '#lib/runs/cancel-unwanted-runs.ts'
import { readTaskFigures } from '#lib/runs/read-task-figures.ts'
import { recordRunFinished, recordRunStarted } from '#lib/runs/record-run.ts'
import { summariseRuns } from '#lib/runs/summarise-runs.ts'
import { trashSermon } from '#lib/sermons/trash-sermon.ts'
import { connectStorage } from '#lib/storage/connect-storage.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { type LoopbackEngine, startLoopbackEngine } from '#test/start-loopback-engine.ts'

let database: TestDatabase
let connection: DatabaseConnection
let engine: LoopbackEngine
let jobs: JobEngine
let churchId: string
const now = () => new Date(Date.now() + 1000)
// Nothing is uploaded here, so storage gets no request.
const storage = connectStorage({
  supabaseUrl: 'http://127.0.0.1:9',
  publicUrl: '/',
  publishableKey: 'key',
  secretKey: 'secret',
})

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

beforeEach(async () => {
  engine = await startLoopbackEngine()
  jobs = connectJobEngine({ TRIGGER_API_URL: engine.apiUrl, TRIGGER_SECRET_KEY: 'tr_dev_loopback' })
  await connection.db.execute(sql`truncate events, runs, run_attempts, dead_letters`)
  churchId = await createChurch(connection.db)
})

afterEach(() => engine.stop())

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const services = () => ({ db: connection.db, jobs, now })
const statuses = async () => (await connection.db.select().from(runs)).map(({ status }) => status)

/** A sermon with a request that the engine has accepted but not started. */
async function queueSermon(): Promise<string> {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  await db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo: [] }))
  await forwardEvents(
    { ...services(), random: () => 0, recordExhausted: recordExhaustedEvent },
    { limit: 10 },
  )
  return sermonId
}

async function startRun(sermonId: string, taskId: string, payload: Record<string, unknown> = {}) {
  const runId = `run_${randomUUID()}`
  await recordRunStarted(connection, {
    runId,
    taskId,
    attempt: 1,
    attemptStartedAt: new Date(),
    queue: `task/${taskId}`,
    machine: null,
    parentRunId: null,
    rootRunId: runId,
    traceId: null,
    payload: { churchId, sermonId, mediaRevision: 1, ...payload },
  })
  return runId
}

const removed = new AppError('not_found', 'This sermon was removed.', { reason: 'sermon.removed' })

test('removing three queued sermons cancels their runs and fails none', async () => {
  const { db } = connection
  const ids = [await queueSermon(), await queueSermon(), await queueSermon()]
  for (const sermonId of ids) await trashSermon({ db, storage }, { sermonId, churchId, actorId: null })
  expect(await cancelUnwantedRuns(services())).toBe(3)
  expect(await statuses()).toEqual(['cancelled', 'cancelled', 'cancelled'])
  expect(engine.runs.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED', 'CANCELED'])
  expect(await cancelUnwantedRuns(services())).toBe(0)
})

test('a run that fails because its sermon was removed counts as cancelled everywhere', async () => {
  const { db } = connection
  const sermonId = await queueSermon()
  const runId = await startRun(sermonId, 'prepare-media')
  await trashSermon({ db, storage }, { sermonId, churchId, actorId: null })
  await recordRunFinished({ db }, { runId, taskId: 'prepare-media', status: 'failed', error: removed })
  const [run] = await db.select().from(runs).where(eq(runs.id, runId))
  expect(run).toMatchObject({ status: 'cancelled', error: null, errorFingerprint: null })
  const [attempt] = await db.select().from(runAttempts).where(eq(runAttempts.runId, runId))
  expect(attempt?.status).toBe('cancelled')
  expect((await summariseRuns({ db, now }, { churchId })).failedToday).toBe(0)
  const figures = await readTaskFigures({ db, now }, { hours: 1, churchId })
  expect(figures.find(({ taskId }) => taskId === 'prepare-media')?.successRate).toBeNull()
  await recordFailedRuns({ db, now })
  expect(await db.select().from(deadLetters)).toEqual([])
})

test('events and dead letters of a removed sermon are closed with it', async () => {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  await db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo: [] }))
  await db.insert(deadLetters).values({
    kind: 'run',
    subject: 'run_of_the_removed',
    type: 'transcribe',
    churchId,
    sermonId,
    fingerprint: 'f',
    reason: 'It failed.',
    advice: 'Redrive it.',
  })
  await trashSermon({ db, storage }, { sermonId, churchId, actorId: null })
  const [event] = await db.select().from(events).where(eq(events.sermonId, sermonId))
  expect(event?.state).toBe('cancelled')
  expect((await db.select().from(deadLetters)).map(({ state }) => state)).toEqual(['discarded'])
})

test('runs for a replaced recording are cancelled, those for the new one are not', async () => {
  const { db } = connection
  const sermonId = await queueSermon()
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  await db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo: [] }))
  await forwardEvents(
    { ...services(), random: () => 0, recordExhausted: recordExhaustedEvent },
    { limit: 10 },
  )
  expect(await cancelUnwantedRuns(services())).toBe(1)
  expect((await statuses()).sort()).toEqual(['cancelled', 'queued'])
})

test('a child run without a revision is cancelled only with its parent', async () => {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1, mediaRevision: 2 })
  const parentRunId = await startRun(sermonId, 'process-sermon')
  await db.insert(runs).values({
    id: `run_${randomUUID()}`,
    taskId: 'index-passages',
    churchId,
    sermonId,
    parentRunId,
    status: 'failed',
    payload: { churchId, sermonId },
  })
  await recordRunFinished(
    { db },
    { runId: parentRunId, taskId: 'process-sermon', status: 'failed', error: removed },
  )
  expect((await db.select().from(runs).where(eq(runs.id, parentRunId)))[0]?.status).toBe('cancelled')
})

test('transcribing stops when a transcript was uploaded for the recording', async () => {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1, transcriptStatus: 'running' })
  const runId = await startRun(sermonId, 'transcribe')
  await db.insert(mediaAssets).values({
    churchId,
    sermonId,
    kind: 'transcript_upload',
    revision: 1,
    bucket: 'originals',
    path: `${sermonId}/transcript`,
    contentType: 'text/plain',
    sizeBytes: 1,
    uploadedAt: new Date(),
  })
  await recordRunFinished(
    { db },
    { runId, taskId: 'transcribe', status: 'failed', error: new Error('stopped') },
  )
  expect((await db.select().from(runs).where(eq(runs.id, runId)))[0]?.status).toBe('cancelled')
})

test('a failure of work that is still wanted stays a failure', async () => {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  const runId = await startRun(sermonId, 'prepare-media')
  await recordRunFinished(
    { db },
    { runId, taskId: 'prepare-media', status: 'failed', error: new Error('disk') },
  )
  expect((await db.select().from(runs).where(eq(runs.id, runId)))[0]?.status).toBe('failed')
})
