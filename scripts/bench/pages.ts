/**
 * `npm run bench -- pages [--json]`: measures how long the server takes for each of the operator's pages, over HTTP
 * with a session, on an empty installation and on one with 100,000 runs; then the cost of the metrics and the
 * background work there. A time ends when the whole page has been received on the same machine.
 *
 *   --keep   keeps the filled installation running, for inspection, until it is interrupted
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { type RunningSelah, startSelah } from '#harness/start-selah.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { reconcileFacets } from '#lib/recovery/reconcile-facets.ts'
import { recordFailedRuns } from '#lib/recovery/record-failed-runs.ts'
import { resolveFixedDeadLetters } from '#lib/recovery/resolve-fixed-dead-letters.ts'
import { buildWeb } from '../build/build-web.ts'
import { fillOperations, type OperationsSize } from '../measure/fill-operations.ts'
import { type Spread, spread } from '../measure/percentiles.ts'

interface Measured {
  page: string
  /** On the empty installation. */
  emptyMs: Spread
  fullMs: Spread
  kilobytes: number
}

interface PagesReport {
  machine: { cpus: number; load: number[] }
  size: OperationsSize
  limitMs: number
  pages: Measured[]
  /** On the full installation. */
  background: { work: string; ms: Spread }[]
}

const root = path.resolve(import.meta.dirname, '../..')
const size: OperationsSize = {
  runs: 100_000,
  events: 20_000,
  deadLetters: 5000,
  telemetry: 200_000,
  otherChurches: 4,
}
const limitMs = 300
const rounds = 15
const jobs = '/dashboard/jobs'
const owner = {
  SELAH_OWNER_EMAIL: 'owner@example.org',
  SELAH_OWNER_PASSWORD: `Psalm-${randomBytes(9).toString('base64url')}`,
  SELAH_METRICS_TOKEN: randomBytes(12).toString('hex'),
  SELAH_SAMPLES: '0',
}

/** The pages and filters with the most database work. */
const pages = [
  '/dashboard/settings',
  jobs,
  `${jobs}?status=bad`,
  `${jobs}?status=cancelled&task=announce`,
  `${jobs}?status=live`,
  `${jobs}?error=near second 976`,
  `${jobs}?error=no such text`,
  `${jobs}?error=zq`,
  `${jobs}?title=Manna&when=7d`,
  `${jobs}?when=24h&task=transcribe&status=failed&error=answer`,
  `${jobs}/<run>`,
  `${jobs}/<run>?show=logs`,
  `${jobs}/queues`,
  `${jobs}/events`,
  `${jobs}/events?state=dead`,
  `${jobs}/dead-letters`,
  `${jobs}/dead-letters?state=redriven`,
  `${jobs}/dead-letters/<dead-letter>`,
  `${jobs}/errors`,
  `${jobs}/figures`,
  `${jobs}/figures?window=7d`,
  '/api/v1/runs/count?status=failed',
  '/api/v1/runs/count',
]

async function measure(selah: RunningSelah, dataDir: string): Promise<PagesReport> {
  const cookie = await signIn(selah.url)
  const empty = await measurePages(selah.url, cookie, (page) => page)
  const runtime: unknown = JSON.parse(await readFile(path.join(dataDir, 'runtime.json'), 'utf8'))
  if (typeof runtime !== 'object' || runtime === null || !('databaseUrl' in runtime)) {
    throw new Error('The installation did not store the address of its database.')
  }
  const connectionString = String(runtime.databaseUrl)
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query('select id from churches order by created_at limit 1')
  await fillOperations(client, String(rows[0]?.id), size)
  const { rows: known } = await client.query(
    `select (select id from runs where church_id = $1 and parent_run_id is null and error is not null order by created_at desc limit 1) as run,
      (select fingerprint from dead_letters where church_id = $1 and state = 'open' group by 1 order by count(*) desc limit 1) as letter`,
    [rows[0]?.id],
  )
  await client.end()
  const fill = (page: string) =>
    page.replace('<run>', String(known[0]?.run)).replace('<dead-letter>', String(known[0]?.letter))
  const full = await measurePages(selah.url, cookie, fill)
  return {
    machine: { cpus: availableParallelism(), load: loadavg().map((value) => Number(value.toFixed(1))) },
    size,
    limitMs,
    pages: pages.map((page) => ({
      page,
      emptyMs: spread(empty.get(page)?.times ?? []),
      fullMs: spread(full.get(page)?.times ?? []),
      kilobytes: Math.round((full.get(page)?.bytes ?? 0) / 1000),
    })),
    background: await measureBackground(selah.url, connectionString),
  }
}

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: owner.SELAH_OWNER_EMAIL, password: owner.SELAH_OWNER_PASSWORD }),
    redirect: 'manual',
  })
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  if (cookies.length === 0) throw new Error(`Signing in answered ${answer.status} without a session.`)
  return cookies.join('; ')
}

/** Measures all pages in turn and repeatedly, so that other load on the machine affects all of them. */
async function measurePages(
  url: string,
  cookie: string,
  fill: (page: string) => string,
): Promise<Map<string, { times: number[]; bytes: number }>> {
  const measured = new Map(pages.map((page) => [page, { times: [] as number[], bytes: 0 }]))
  for (let round = -1; round < rounds; round += 1) {
    for (const [page, result] of measured) {
      const startedMs = performance.now()
      const answer = await fetch(`${url}${encodeURI(fill(page))}`, { headers: { cookie } })
      const body = await answer.arrayBuffer()
      // The empty installation has no run and no dead letter to open.
      if (!answer.ok && !page.includes('<')) throw new Error(`${page} answered ${answer.status}.`)
      // The first round only warms up.
      if (round >= 0) result.times.push(performance.now() - startedMs)
      result.bytes = body.byteLength
    }
  }
  return measured
}

/** Measures the work that happens every few seconds without an open page. */
async function measureBackground(url: string, connectionString: string): Promise<PagesReport['background']> {
  const connection = connectDatabase(connectionString)
  const services = { db: connection.db, now: () => new Date() }
  const headers = { authorization: `Bearer ${owner.SELAH_METRICS_TOKEN}` }
  const work: Record<string, () => Promise<unknown>> = {
    'GET /api/metrics': async () => {
      const answer = await fetch(`${url}/api/metrics`, { headers })
      if (!answer.ok) throw new Error(`The metrics answered ${answer.status}.`)
      return answer.text()
    },
    'recording dead letters of failed runs': () => recordFailedRuns(services),
    'finding sermons whose processing stopped': () => reconcileFacets(services),
    'resolving fixed dead letters': () => resolveFixedDeadLetters(services),
  }
  const measured: PagesReport['background'] = []
  for (const [name, perform] of Object.entries(work)) {
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const startedMs = performance.now()
      await perform()
      times.push(performance.now() - startedMs)
    }
    measured.push({ work: name, ms: spread(times) })
  }
  await connection.close()
  return measured
}

function formatReport({ machine, pages: measured, background }: PagesReport): string {
  const cell = (value: number) => `${value.toFixed(0)} ms`.padStart(9)
  const name = (text: string) => `  ${text.padEnd(74)}`
  return [
    `${machine.cpus} processors, load ${machine.load.join(' ')}`,
    `${size.runs} runs of this church, ${size.events} events, ${size.deadLetters} dead letters, ${size.telemetry} spans and as many log lines, ${size.otherChurches} other churches`,
    '',
    `${name('')}${'empty p50'.padStart(10)}${'full p50'.padStart(10)}${'p95'.padStart(8)}${'size'.padStart(9)}`,
    ...measured.map(
      ({ page, emptyMs, fullMs, kilobytes }) =>
        `${name(page)} ${cell(emptyMs.p50)} ${cell(fullMs.p50)}${cell(fullMs.p95)}${`${kilobytes} kB`.padStart(9)}`,
    ),
    '',
    'every few seconds, with no open page',
    ...background.map(({ work, ms }) => `${name(work)}${''.padStart(10)} ${cell(ms.p50)}${cell(ms.p95)}`),
    '',
    slowest(measured),
  ].join('\n')
}

function slowest(measured: readonly Measured[]): string {
  const over = measured.filter(({ fullMs }) => fullMs.p50 > limitMs)
  if (over.length === 0) return `Every page has a median below ${limitMs} ms over ${rounds} rounds.`
  return `Slower than ${limitMs} ms: ${over.map(({ page }) => page).join(', ')}`
}

await buildWeb(root)
const dataDir = await mkdtemp(path.join(tmpdir(), 'selah-bench-pages-'))
const selah = await startSelah({ dataDir, env: owner })
try {
  const report = await measure(selah, dataDir)
  console.log(process.argv.includes('--json') ? JSON.stringify(report, null, 2) : formatReport(report))
  if (process.argv.includes('--keep')) {
    console.log(`${selah.url} · ${owner.SELAH_OWNER_EMAIL} · ${owner.SELAH_OWNER_PASSWORD}`)
    await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  }
} finally {
  await selah.stop()
  await rm(dataDir, { recursive: true, force: true })
}
process.exit(0)
