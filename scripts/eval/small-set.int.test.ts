import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { extractiveAnswerer } from '#lib/ask/extractive-answerer.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { loadCases } from './cases.ts'
import { fillDatabase } from './fill-database.ts'
import { type LibrarySermon, loadLibrary } from './load-library.ts'
import { localTarget } from './local-target.ts'
import { measureAnswers, summarise } from './measure-answers.ts'
import { measureRetrieval } from './measure-retrieval.ts'
import type { Target } from './target.ts'

/** Enough for each kind of question, and indexed in seconds. `npm run eval` measures all sermons. */
const SERMONS = 8
const UNANSWERABLE = 16

/** One or two questions below the measured values, so that one question more or less does not fail the test. */
const floors: Record<string, { hit1: number; hit5: number }> = {
  phrase: { hit1: 1, hit5: 1 },
  paraphrase: { hit1: 0.35, hit5: 0.7 },
  concept: { hit1: 0.6, hit5: 0.8 },
  scripture: { hit1: 1, hit5: 1 },
}

let database: TestDatabase
let connection: DatabaseConnection
let library: LibrarySermon[]
let keys: ReadonlyMap<string, string>
let target: Target
let cases: Awaited<ReturnType<typeof loadCases>>

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  const { db } = connection
  library = (await loadLibrary()).filter(({ key }) => key.startsWith('sermon-')).slice(0, SERMONS)
  cases = await loadCases(library)
  keys = (await fillDatabase({ db, embedder: null }, library)).keys
  target = localTarget({ db, embedder: null, answerer: extractiveAnswerer })
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** Whether the small library contains every sermon that a question expects. */
const isCovered = ({ sermons }: { sermons: readonly string[] }) =>
  sermons.every((key) => library.some((sermon) => sermon.key === key))

describe('search and answers on a few shipped sermons', () => {
  it.each(Object.keys(floors))('finds the sermon of a question: %s', async (kind) => {
    const own = Object.entries(cases.retrieval)
      .filter(([name]) => name === kind || name === `${kind}, tuning`)
      .flatMap(([, list]) => list)
      .filter(isCovered)
    const { cases: count, hit1, hit5 } = await measureRetrieval(target.search, { cases: own, keys })
    expect(count).toBeGreaterThan(0)
    expect(hit1).toBeGreaterThanOrEqual(floors[kind]?.hit1 ?? 1)
    expect(hit5).toBeGreaterThanOrEqual(floors[kind]?.hit5 ?? 1)
  })

  it('answers in words of the right sermon, and refuses questions that no sermon answers', async () => {
    const covered = [...cases.answers.tuning, ...cases.answers.unseen].filter(isCovered)
    const unanswerable = covered.filter(({ sermons }) => sermons.length === 0).slice(0, UNANSWERABLE)
    const own = [...covered.filter(({ sermons }) => sermons.length > 0), ...unanswerable]
    const texts = new Map(library.map(({ key, text }) => [key, text]))
    const measured = await measureAnswers(target, { cases: own, keys, texts })
    const { refusal, answers, quotes } = summarise(measured)
    expect(quotes.verbatim).toBe(1)
    expect(answers.firstRight).toBeGreaterThanOrEqual(0.8)
    expect(refusal.recall).toBeGreaterThanOrEqual(0.85)
    expect(refusal.precision).toBeGreaterThanOrEqual(0.75)
  })
})
