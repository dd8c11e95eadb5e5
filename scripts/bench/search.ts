/**
 * `npm run bench -- search [--json]`: measures the time of a search in a library of 60,000 passages on the embedded
 * database, one after the other and 20 at the same time, compared with full text only, and the time to read the lists
 * of filters. What runs at the same time is measured in several rounds, because a processor that is slower for a tenth
 * of a second delays all twenty searches. It fails if a plan of a statement, or a counter of the database, shows that
 * the whole table of passages or sermons was read. The library contains the sermons of the evaluation two or three
 * times.
 */
import { availableParallelism, loadavg } from 'node:os'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { recordStatements } from '#harness/record-statements.ts'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database } from '#lib/db/connect-database.ts'
import { type RankingWeights, rankingWeights } from '#lib/search/rank-windows.ts'
import { readSearchOptions } from '#lib/search/read-search-options.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { loadCases } from '../eval/cases.ts'
import { fillDatabase } from '../eval/fill-database.ts'
import { loadLibrary } from '../eval/load-library.ts'
import { median, spread } from '../measure/percentiles.ts'

const PASSAGES = 60_000
const PASSAGES_OF_LIBRARY = 27_937
const CLIENTS = 20
const LIMIT = 10
const WARM_UP = 20
const AT_ONCE_ROUNDS = 9
const OPTIONS_ROUNDS = 50
const wordsAlone: RankingWeights = {
  ...rankingWeights,
  meaning: 0,
  order: 0,
  model: 0,
  subjectWords: 0,
  subjectMeaning: 0,
  subjectTitle: 0,
}

async function timeSearch(db: Database, query: string, weights?: RankingWeights): Promise<number> {
  const startedAt = performance.now()
  await searchPassages({ db, embedder: null }, { query, limit: LIMIT, scope: { memberOf: [] }, weights })
  return performance.now() - startedAt
}

async function oneByOne(
  db: Database,
  queries: readonly string[],
  weights?: RankingWeights,
): Promise<number[]> {
  const times: number[] = []
  for (const query of queries) times.push(await timeSearch(db, query, weights))
  return times
}

/** The processor time of this process for each search, which other programs on the machine change little. */
async function withProcessorTime(
  searches: () => Promise<number[]>,
): Promise<{ times: number[]; processorMs: number }> {
  const before = process.cpuUsage()
  const times = await searches()
  const { user, system } = process.cpuUsage(before)
  return { times, processorMs: Number(((user + system) / 1000 / times.length).toFixed(1)) }
}

/** Each of `CLIENTS` clients starts a search as soon as its last one is done. */
async function inParallel(
  db: Database,
  queries: readonly string[],
  weights?: RankingWeights,
): Promise<number[]> {
  const waiting = [...queries]
  const times: number[] = []
  const client = async () => {
    for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) {
      times.push(await timeSearch(db, query, weights))
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return times
}

/** The figures of each round, in the order of the rounds, and their medians. */
async function atOnceRounds(search: () => Promise<number[]>) {
  const rounds: { p50: number; p95: number; processorMs: number }[] = []
  while (rounds.length < AT_ONCE_ROUNDS) {
    const { times, processorMs } = await withProcessorTime(search)
    rounds.push({ ...spread(times), processorMs })
  }
  return {
    p50: median(rounds.map(({ p50 }) => p50)),
    p95: median(rounds.map(({ p95 }) => p95)),
    p50OfRounds: rounds.map(({ p50 }) => p50),
    p95OfRounds: rounds.map(({ p95 }) => p95),
    processorMsOfRounds: rounds.map(({ processorMs }) => processorMs),
  }
}

const planSchema = z.array(z.object({ 'QUERY PLAN': z.string() }))

/** Returns the lines of the plans that read a whole table of passages or sermons, with the name of the search. */
async function explainSearches(
  db: Database,
  searches: Readonly<Record<string, string>>,
): Promise<{ statements: number; wholeTableReads: string[] }> {
  const recording = recordStatements(db)
  await timeSearch(recording.db, 'grace')
  const wholeTableReads: string[] = []
  let statements = 0
  for (const [name, query] of Object.entries(searches)) {
    recording.sent.length = 0
    await timeSearch(recording.db, query)
    for (const statement of recording.sent) {
      statements += 1
      const { rows } = await db.execute(sql`explain ${statement}`)
      const lines = planSchema.parse(rows).map((row) => row['QUERY PLAN'].trim())
      wholeTableReads.push(
        ...lines
          .filter((line) => /Seq Scan on (passages|sermons)\b/.test(line))
          .map((line) => `${name}: ${line}`),
      )
    }
  }
  return { statements, wholeTableReads }
}

async function timeOptions(db: Database): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < OPTIONS_ROUNDS; round += 1) {
    const startedAt = performance.now()
    await readSearchOptions({ db }, { memberOf: [] })
    times.push(performance.now() - startedAt)
  }
  return times
}

const scansSchema = z.array(z.object({ relname: z.string(), seq_scan: z.coerce.number() }))

/** Returns how often the whole table of passages or sermons was read since the database started. */
async function countScans(db: Database): Promise<Map<string, number>> {
  await db.execute(sql`select pg_stat_force_next_flush()`)
  const { rows } = await db.execute(
    sql`select relname, seq_scan from pg_stat_user_tables where relname in ('passages', 'sermons')`,
  )
  return new Map(scansSchema.parse(rows).map(({ relname, seq_scan }) => [relname, seq_scan]))
}

const library = await loadLibrary()
const copies = Array.from({ length: Math.ceil(PASSAGES / PASSAGES_OF_LIBRARY) }, (_, copy) =>
  library.map((sermon) => ({ ...sermon, key: `${sermon.key} ${copy}` })),
).flat()
const sermons = copies.slice(0, Math.ceil((library.length * PASSAGES) / PASSAGES_OF_LIBRARY))
const { retrieval } = await loadCases(library)
const queries = Object.values(retrieval).flatMap((cases) => cases.map(({ query }) => query))
const database = await startTestDatabase()
const { db, close } = connectDatabase(database.connectionString)
try {
  const { passages } = await fillDatabase({ db, embedder: null }, sermons)
  await db.execute(sql`analyze`)
  const loadedAt = performance.now()
  await timeSearch(db, 'grace')
  const loadMs = Math.round(performance.now() - loadedAt)
  await oneByOne(db, queries.slice(0, WARM_UP))
  const before = await countScans(db)
  const product = await oneByOne(db, queries)
  const scans = [...(await countScans(db))].map(([table, count]) => ({
    table,
    scans: count - (before.get(table) ?? 0),
  }))
  const explained = await explainSearches(db, {
    words: 'the love of God in affliction',
    verses: 'Romans 8:28',
    nothing: 'zxqv',
  })
  const atOnceMs = await atOnceRounds(() => inParallel(db, queries))
  const wordsAloneAtOnceMs = await atOnceRounds(() => inParallel(db, queries, wordsAlone))
  const report = {
    machine: {
      cpus: availableParallelism(),
      load: loadavg().map((value) => Number(value.toFixed(1))),
      rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
    },
    library: { sermons: sermons.length, passages },
    searches: queries.length,
    loadMs,
    productMs: spread(product),
    wordsAloneMs: spread(await oneByOne(db, queries, wordsAlone)),
    atOnceMs,
    wordsAloneAtOnceMs,
    filtersMs: spread(await timeOptions(db)),
    countedTableReads: scans,
    explained,
  }
  console.log(JSON.stringify(report, null, process.argv.includes('--json') ? 0 : 2))
  if (scans.some((table) => table.scans > 0) || explained.wholeTableReads.length > 0) process.exitCode = 1
} finally {
  await close()
  await database.stop()
}
