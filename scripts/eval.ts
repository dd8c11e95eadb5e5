/**
 * `npm run eval [-- --json]`: measures search and answers on the printed sermons in scripts/eval/data and
 * ends with an error below the floors in scripts/eval/floors.json. With OPENAI_* set it measures those
 * models.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { chooseAnswerer } from '#lib/ask/choose-answerer.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { rankingWeights } from '#lib/search/rank-sermons.ts'
import { fillDatabase } from './eval/fill-database.ts'
import { loadLibrary } from './eval/load-library.ts'
import { makePhrases } from './eval/make-phrases.ts'
import { measureAnswers } from './eval/measure-answers.ts'
import { measureRetrieval } from './eval/measure-retrieval.ts'
import { answerable, unanswerable } from './eval/questions.ts'

const folder = join(import.meta.dirname, 'eval')
const readJson = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(folder, name), 'utf8'))
const env = {
  OPENAI_API_KEY: process.env.OPENAI_API_KEY || undefined,
  OPENAI_BASE_URL: process.env.OPENAI_BASE_URL || undefined,
  OPENAI_CHAT_MODEL: process.env.OPENAI_CHAT_MODEL || 'gpt-4.1-mini',
  OPENAI_EMBEDDING_MODEL: process.env.OPENAI_EMBEDDING_MODEL || undefined,
}
const embedder = chooseEmbedder(env)
const answerer = chooseAnswerer(env)
const floors = z.record(z.string(), z.record(z.string(), z.number())).parse(await readJson('floors.json'))
const paraphrases = z
  .array(z.tuple([z.string()], z.string()))
  .parse(await readJson('data/paraphrases.json'))
  .map(([query, ...sermons]) => ({ query, sermons }))
const library = await loadLibrary()
const concepts = answerable.map(({ question, sermons }) => ({ query: question, sermons }))
// Weights were chosen with two of every three; the third ones are reported apart.
const isKept = (_: unknown, place: number) => place % 3 === 2
const kinds = {
  phrase: makePhrases(library),
  'paraphrase, tuning': paraphrases.filter((entry, place) => !isKept(entry, place)),
  paraphrase: paraphrases.filter(isKept),
  'concept, tuning': concepts.filter((entry, place) => !isKept(entry, place)),
  concept: concepts.filter(isKept),
  scripture: library
    .filter(({ scripture }) => scripture !== '')
    .map(({ scripture }) => ({
      query: scripture,
      sermons: library.filter((other) => other.scripture === scripture).map(({ key }) => key),
    })),
}
const mixes = {
  product: undefined,
  'full text only': { ...rankingWeights, meaning: 0, order: 0, heading: 0, scripture: 0, model: 0 },
  'vectors only': { ...rankingWeights, words: 0, order: 0, heading: 0, scripture: 0 },
}

const database = await startTestDatabase()
const { db, close } = connectDatabase(database.connectionString)
try {
  const { keys, passages } = await fillDatabase({ db, embedder }, library)
  const retrieval = []
  for (const [kind, cases] of Object.entries(kinds)) {
    for (const [mix, weights] of Object.entries(mixes)) {
      retrieval.push({ kind, mix, ...(await measureRetrieval({ db, embedder }, { cases, keys, weights })) })
    }
  }
  const answers = await measureAnswers(
    { db, embedder, answerer },
    {
      answerable: [...concepts, ...paraphrases].filter(isKept),
      unanswerable: unanswerable.map(({ question }) => question),
      keys,
    },
  )
  const refusals = answers.refused + answers.wronglyRefused.length
  const measured: Record<string, Record<string, number>> = {
    ...Object.fromEntries(
      retrieval
        .filter(({ mix }) => mix === 'product')
        .map(({ kind, hit1, hit5, hit10, mrr }) => [kind, { hit1, hit5, hit10, mrr }]),
    ),
    refusal: {
      precision: refusals === 0 ? 1 : answers.refused / refusals,
      recall: answers.refused / answers.unanswerable,
    },
    quotes: { verbatim: answers.quotes === 0 ? 1 : answers.verbatim / answers.quotes },
  }
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ passages, retrieval, answers, measured }, null, 2))
  else {
    console.log(
      `${library.length} sermons, ${passages} passages, ${embedder?.id ?? 'word meanings'}, ${answerer.id}\n`,
    )
    console.log('| kind | n | ranking | @1 | @5 | @10 | MRR |\n|---|--:|---|--:|--:|--:|--:|')
    for (const { kind, cases, mix, hit1, hit5, hit10, mrr } of retrieval) {
      const scores = [hit1, hit5, hit10, mrr].map((value) => value.toFixed(2)).join(' | ')
      console.log(`| ${kind} | ${cases} | ${mix} | ${scores} |`)
    }
    console.log(`\n${JSON.stringify(answers, null, 2)}`)
  }
  for (const [kind, least] of Object.entries(floors)) {
    for (const [figure, floor] of Object.entries(least)) {
      const value = measured[kind]?.[figure] ?? 0
      if (value >= floor) continue
      console.error(`Below the floor: ${kind} ${figure} is ${value.toFixed(2)}, and must be ${floor}.`)
      process.exitCode = 1
    }
  }
} finally {
  await close()
  await database.stop()
}
