import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, runs } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { answerMetrics } from '#lib/telemetry/answer-metrics.ts'
import { readJobFigures } from '#lib/telemetry/read-job-figures.ts'
import { createChurch, createRunLetters, createSermons } from '#test/job-fixtures.ts'

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

/** Reads the text format: every sample by its name and labels, every name by its type. */
function parse(text: string) {
  const samples = new Map<string, number>()
  const types = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ')) continue
    const [, named, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? []
    if (named && type) {
      expect(types.has(named), `${named} is declared once`).toBe(false)
      types.set(named, type)
      continue
    }
    const [, name = '', labels = '', value] =
      /^([a-zA-Z_:][\w:]*)(\{(?:[a-zA-Z_]\w*="(?:[^"\\]|\\.)*",?)*\})? (\S+)$/.exec(line) ?? []
    expect(name, `a line of the format: ${line}`).not.toBe('')
    expect(value === 'Nan' || !Number.isNaN(Number(value)), line).toBe(true)
    samples.set(`${name}${labels}`, Number(value))
  }
  return { samples, types }
}

test('without a configured token there is nothing to see, whatever is sent', async () => {
  const ask = answerMetrics(
    { db: connection.db, now: () => at, token: undefined },
    { authorization: 'Bearer undefined' },
  )
  await expect(ask).rejects.toMatchObject({ status: 404 })
})

test.each([null, 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`])(
  'a scraper that sends %j is told 401',
  async (authorization) => {
    const error = await scrape(authorization).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ status: 401 })
  },
)

test('a scraper with the token reads what is going on', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const sermonIds = await createSermons(db, { churchId, count: 3, mediaStatus: 'ready' })
  const run = (columns: Partial<typeof runs.$inferInsert>) => ({
    id: `run_${randomUUID()}`,
    taskId: 'transcribe',
    status: 'completed' as const,
    attempt: 1,
    createdAt: secondsAgo(300),
    ...columns,
  })
  const completed = (seconds: number, attempt = 1) =>
    run({ attempt, startedAt: secondsAgo(200), finishedAt: secondsAgo(200 - seconds) })
  await db.insert(runs).values([
    completed(10),
    completed(20, 3),
    completed(30),
    run({ status: 'failed', startedAt: secondsAgo(90), finishedAt: secondsAgo(80), attempt: 5 }),
    // Ended earlier today: counted among the day's, not in the hour's figures.
    run({ createdAt: secondsAgo(7200), startedAt: secondsAgo(7200), finishedAt: secondsAgo(7100) }),
    // Of last week: not looked at.
    run({ createdAt: secondsAgo(7 * 86_400), finishedAt: secondsAgo(7 * 86_400) }),
    run({ taskId: 'prepare-media', status: 'queued', queue: 'media', createdAt: secondsAgo(600) }),
    run({ taskId: 'prepare-media', status: 'queued', queue: 'media', createdAt: secondsAgo(60) }),
    run({ taskId: 'prepare-media', status: 'running', queue: 'media' }),
    run({ taskId: 'announce', status: 'queued', createdAt: secondsAgo(2 * 86_400) }),
  ])
  const event = { type: 'sermon.uploaded', churchId, payload: {} }
  await db.insert(events).values([
    { ...event, createdAt: secondsAgo(42) },
    { ...event, createdAt: secondsAgo(3 * 86_400) },
    { ...event, state: 'forwarded', createdAt: secondsAgo(50) },
  ])
  const letters = { churchId, sermonIds, type: 'prepare-media', fingerprint: 'x', createdAt: at }
  await createRunLetters(db, letters)
  await db
    .update(deadLetters)
    .set({ state: 'resolved' })
    .where(sql`subject = ${`run_${sermonIds[0]}`}`)

  const response = await scrape(`Bearer ${token}`)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const { samples, types } = parse(await response.text())
  expect(Object.fromEntries([...samples].filter(([name]) => name.startsWith('selah_')))).toEqual({
    'selah_runs{task="prepare-media",status="queued"}': 2,
    'selah_runs{task="prepare-media",status="running"}': 1,
    'selah_runs{task="transcribe",status="completed"}': 4,
    'selah_runs{task="transcribe",status="failed"}': 1,
    'selah_run_duration_seconds{task="transcribe",quantile="0.5"}': 20,
    'selah_run_duration_seconds{task="transcribe",quantile="0.95"}': 29,
    'selah_runs_finished_last_hour{task="transcribe"}': 4,
    'selah_run_retries_last_hour{task="transcribe"}': 6,
    'selah_queue_backlog{queue="media"}': 2,
    'selah_queue_backlog{queue="task/announce"}': 1,
    'selah_queue_running{queue="media"}': 1,
    'selah_queue_running{queue="task/announce"}': 0,
    'selah_queue_oldest_age_seconds{queue="media"}': 600,
    'selah_queue_oldest_age_seconds{queue="task/announce"}': 2 * 86_400,
    'selah_events{state="pending"}': 2,
    'selah_events{state="forwarded"}': 1,
    'selah_events{state="dead"}': 0,
    'selah_events{state="cancelled"}': 0,
    selah_oldest_pending_event_age_seconds: 3 * 86_400,
    'selah_dead_letters_open{type="prepare-media"}': 2,
    'selah_sermons{facet="media",status="ready"}': 3,
    'selah_sermons{facet="transcript",status="failed"}': 3,
    'selah_sermons{facet="index",status="waiting"}': 3,
  })
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0)
  expect(types.get('selah_runs')).toBe('gauge')
})

test('a scrape can be repeated', async () => {
  await scrape(`Bearer ${token}`)
  expect((await scrape(`Bearer ${token}`)).status).toBe(200)
})

test('a day with 100,000 runs and as many older ones is read long before a scraper gives up', async () => {
  const { db } = connection
  await db.execute(sql`
    insert into runs (id, task_id, queue, status, attempt, payload, created_at, started_at, finished_at, updated_at)
    select 'run_many_' || n, 'transcribe', 'speech', case when n % 50 = 0 then 'failed' when n % 1000 = 1 then 'queued' else 'completed' end,
      1, '{"churchId": "00000000-0000-4000-8000-000000000001", "sermonId": "00000000-0000-4000-8000-000000000001"}',
      ${at.toISOString()}::timestamptz - n * interval '0.8 second', ${at.toISOString()}::timestamptz - n * interval '0.8 second', ${at.toISOString()}::timestamptz, now()
    from generate_series(1, 200000) n`)
  await db.execute(sql`analyze runs`)
  const started = performance.now()
  const figures = await readJobFigures({ db }, { now: at })
  const tookMs = performance.now() - started
  console.info(`Metrics over 200,000 runs: ${Math.round(tookMs)} ms`)
  const counted = figures.runs.filter(({ task }) => task === 'transcribe')
  expect(counted.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(100_000)
  // Prometheus gives up after ten seconds; docs/operations/pages.md has what an idle machine takes.
  expect(tookMs).toBeLessThan(10_000)
}, 180_000)
