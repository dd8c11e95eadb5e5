import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/_server/routes.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, runs } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { openRoute } from '#lib/http/open-route.ts'
import { answerMetrics } from '#lib/telemetry/answer-metrics.ts'
import { foldObservations } from '#lib/telemetry/metric-totals.ts'
import { pruneTelemetry } from '#lib/telemetry/prune-telemetry.ts'
import { readJobFigures } from '#lib/telemetry/read-job-figures.ts'
import { createChurch, createRunDeadLetters, createSermons } from '#test/job-fixtures.ts'
import { lintMetrics, parseMetrics } from '#test/lint-metrics.ts'

const at = new Date('2027-03-01T12:00:00Z')
const secondsAgo = (seconds: number) => new Date(at.getTime() - seconds * 1000)
const token = 'a-token-for-scrapers'
let database: TestDatabase
let connection: DatabaseConnection

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const scrape = (authorization: string | null, configured: string | undefined = token) =>
  answerMetrics({ db: connection.db, now: () => at, token: configured }, { authorization })

/** Our samples by name and labels. Fails if promtool would report a problem. */
function samplesOf(text: string): Record<string, number> {
  expect(lintMetrics(text)).toEqual([])
  const samples = [...parseMetrics(text).values()].flatMap(({ samples }) => samples)
  return Object.fromEntries(
    samples
      .filter(({ name }) => name.startsWith('selah_'))
      .map(({ name, labels, value }) => [
        [name, ...[...labels].map(([label, text]) => `${label}=${text}`)].join(' '),
        value,
      ]),
  )
}

const read = async () => samplesOf(await (await scrape(`Bearer ${token}`)).text())

const run = (columns: Partial<typeof runs.$inferInsert> = {}) => ({
  id: `run_${randomUUID()}`,
  taskId: 'transcribe',
  status: 'running' as const,
  attempt: 1,
  createdAt: secondsAgo(300),
  startedAt: secondsAgo(200),
  ...columns,
})

/** Records a run of this duration as the engine does: first its start, then its end. */
async function endRun(seconds: number, columns: Partial<typeof runs.$inferInsert> = {}): Promise<string> {
  const started = run(columns)
  await connection.db.insert(runs).values({ ...started, status: 'running' })
  const finishedAt = new Date((started.startedAt ?? at).getTime() + seconds * 1000)
  await connection.db
    .update(runs)
    .set({ status: columns.status ?? 'completed', finishedAt })
    .where(eq(runs.id, started.id))
  return started.id
}

test('without a configured token every scraper gets 404', async () => {
  const ask = answerMetrics(
    { db: connection.db, now: () => at, token: undefined },
    { authorization: 'Bearer undefined' },
  )
  await expect(ask).rejects.toMatchObject({ status: 404 })
})

test.each([null, 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`])(
  'a scraper that sends %j gets 401',
  async (authorization) => {
    const error = await scrape(authorization).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ status: 401 })
  },
)

test('a scraper with the token reads the present state of runs, events, dead letters and sermons', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const sermonIds = await createSermons(db, { churchId, count: 3, mediaStatus: 'ready' })
  const queued = { taskId: 'prepare-media', status: 'queued' as const, queue: 'media', startedAt: null }
  await db
    .insert(runs)
    .values([
      run({ ...queued, createdAt: secondsAgo(600) }),
      run({ ...queued, createdAt: secondsAgo(60) }),
      run({ taskId: 'prepare-media', queue: 'media' }),
      run({ taskId: 'announce', status: 'queued', startedAt: null, createdAt: secondsAgo(2 * 86_400) }),
    ])
  const event = { type: 'sermon.uploaded' as const, churchId, payload: {} }
  await db.insert(events).values([
    { ...event, createdAt: secondsAgo(42) },
    { ...event, createdAt: secondsAgo(3 * 86_400) },
  ])
  const shape = { churchId, sermonIds, type: 'prepare-media', fingerprint: 'x', createdAt: at }
  await createRunDeadLetters(db, shape)
  await db
    .update(deadLetters)
    .set({ state: 'resolved' })
    .where(sql`subject = ${`run_${sermonIds[0]}`}`)
  expect(await read()).toMatchObject({
    'selah_queue_backlog queue=media': 2,
    'selah_queue_backlog queue=task/announce': 1,
    'selah_queue_running queue=media': 1,
    'selah_queue_running queue=task/announce': 0,
    'selah_queue_oldest_age_seconds queue=media': 600,
    'selah_queue_oldest_age_seconds queue=task/announce': 2 * 86_400,
    selah_events_pending: 2,
    selah_oldest_pending_event_age_seconds: 3 * 86_400,
    'selah_dead_letters_open type=prepare-media': 2,
    'selah_dead_letters_created_total type=prepare-media': 3,
    'selah_sermons facet=media status=ready': 3,
    'selah_sermons facet=transcript status=failed': 3,
    'selah_sermons facet=index status=waiting': 3,
  })
})

test('runs are counted once when they end, with their retries and in the bucket of their duration', async () => {
  const taskId = 'counted'
  const id = await endRun(10, { taskId })
  await endRun(20, { taskId, attempt: 3 })
  await endRun(7000, { taskId })
  await endRun(1, { taskId, status: 'failed', attempt: 5 })
  // Expired before it started, and first recorded after its end.
  await connection.db.insert(runs).values(run({ taskId, status: 'expired', startedAt: null, finishedAt: at }))
  await connection.db.update(runs).set({ updatedAt: new Date() }).where(eq(runs.id, id))
  const expected = {
    'selah_runs_finished_total task=counted status=completed': 3,
    'selah_runs_finished_total task=counted status=failed': 1,
    'selah_runs_finished_total task=counted status=expired': 1,
    'selah_run_retries_total task=counted': 6,
    'selah_run_duration_seconds_bucket task=counted status=completed le=5': 0,
    'selah_run_duration_seconds_bucket task=counted status=completed le=10': 1,
    'selah_run_duration_seconds_bucket task=counted status=completed le=30': 2,
    'selah_run_duration_seconds_bucket task=counted status=completed le=3600': 2,
    'selah_run_duration_seconds_bucket task=counted status=completed le=+Inf': 3,
    'selah_run_duration_seconds_sum task=counted status=completed': 7030,
    'selah_run_duration_seconds_count task=counted status=completed': 3,
    'selah_run_duration_seconds_count task=counted status=failed': 1,
  }
  const first = await read()
  expect(first).toMatchObject(expected)
  expect(first).not.toHaveProperty(['selah_run_duration_seconds_count task=counted status=expired'])
  // A second scrape counts nothing again.
  expect(await read()).toMatchObject(expected)
})

test('counters do not fall when the rows that they counted are removed', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  await endRun(3, { taskId: 'pruned' })
  await endRun(3, { taskId: 'pruned' })
  await db.insert(events).values({ type: 'sermon.uploaded', churchId, payload: {} })
  await db.update(events).set({ state: 'forwarded' }).where(eq(events.churchId, churchId))
  // One of them is folded into the totals before it is removed, the other after.
  const before = await read()
  await endRun(3, { taskId: 'pruned' })
  await db.delete(runs)
  await db.delete(events)
  await db.delete(deadLetters)
  await pruneTelemetry({ db, now: () => at }, { keepDays: 1, maxRows: 1 })
  const after = await read()
  expect(after).toMatchObject({ 'selah_runs_finished_total task=pruned status=completed': 3 })
  const counters = Object.entries(before).filter(([name]) =>
    /_total( |$)|_duration_seconds_(bucket|count|sum) /.test(name),
  )
  expect(counters.length).toBeGreaterThan(15)
  for (const [name, value] of counters) expect(after[name], name).toBeGreaterThanOrEqual(value)
  expect(after['selah_events_processed_total state=forwarded']).toBeGreaterThan(0)
})

test('simultaneous scrapes count every run once', async () => {
  for (let count = 0; count < 20; count += 1) await endRun(1, { taskId: 'raced' })
  await Promise.all(Array.from({ length: 5 }, read))
  expect(await read()).toMatchObject({ 'selah_runs_finished_total task=raced status=completed': 20 })
})

test('answered requests are counted by route pattern and status', async () => {
  const { GET, DELETE } = routes('/api/v1/sermons/[id]', {
    GET: openRoute(async () => new Response('found')),
  })
  const context = { params: Promise.resolve({ id: 'x' }) }
  for (const id of ['a', 'b']) await GET(new Request(`http://localhost/api/v1/sermons/${id}`), context)
  await DELETE(new Request('http://localhost/api/v1/sermons/a', { method: 'DELETE' }), context)
  const requests = Object.entries(await read()).filter(([name]) => name.startsWith('selah_http_'))
  expect(requests.filter(([name]) => name.includes('_count '))).toEqual([
    ['selah_http_request_duration_seconds_count method=GET route=/api/v1/sermons/[id] status=200', 2],
    ['selah_http_request_duration_seconds_count method=DELETE route=/api/v1/sermons/[id] status=405', 1],
  ])
  expect(Object.fromEntries(requests)).toMatchObject({
    'selah_http_request_duration_seconds_bucket le=10 method=GET route=/api/v1/sermons/[id] status=200': 2,
  })
})

test('20,000 runs that ended are counted exactly', async () => {
  const { db } = connection
  await db.execute(sql`
    insert into runs (id, task_id, queue, status, attempt, created_at, started_at, finished_at, updated_at)
    select 'run_many_' || n, 'many', 'speech', case when n % 50 = 0 then 'failed' else 'completed' end,
      1, now(), now() - n % 100 * interval '1 second', now(), now()
    from generate_series(1, 20000) n`)
  await foldObservations({ db })
  const figures = await readJobFigures({ db }, { now: at })
  const counted = figures.totals.filter(
    ({ metric, labels }) => metric === 'run_ended' && labels.task === 'many',
  )
  expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(20_000)
}, 300_000)
