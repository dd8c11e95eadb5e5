/**
 * `npm run eval [-- --json] [--words=<ideal words of a passage>]`: measures search and answers on the shared corpus of 60 printed sermons
 * (`SELAH_SHARED_DIR`, default `../shared`), or on the samples where it is absent. With OPENAI_* set it
 * measures those models.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { chooseAnswerer } from '#lib/ask/choose-answerer.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { fusionWeights } from '#lib/search/search-passages.ts'
import { passageSizes } from '#lib/search/split-passages.ts'
import { fillDatabase } from './eval/fill-database.ts'
import { loadSampleCorpus, loadSharedCorpus } from './eval/load-corpus.ts'
import { measureAnswers } from './eval/measure-answers.ts'
import { measureRetrieval } from './eval/measure-retrieval.ts'
import { printTables, type Report } from './eval/print-tables.ts'
import { answerable, sampleQuestions, unanswerable } from './eval/questions.ts'

const root = resolve(import.meta.dirname, '..')
const sharedSermons = join(process.env.SELAH_SHARED_DIR ?? resolve(root, '../shared'), 'data/sermons')
const env = {
  OPENAI_API_KEY: process.env.OPENAI_API_KEY || undefined,
  OPENAI_BASE_URL: process.env.OPENAI_BASE_URL || undefined,
  OPENAI_CHAT_MODEL: process.env.OPENAI_CHAT_MODEL || 'gpt-4.1-mini',
  OPENAI_EMBEDDING_MODEL: process.env.OPENAI_EMBEDDING_MODEL || undefined,
}
const hasShared = existsSync(join(sharedSermons, 'sermons.json'))
const corpus = hasShared
  ? await loadSharedCorpus(sharedSermons)
  : await loadSampleCorpus(join(root, 'samples'))
const questions = hasShared ? answerable : sampleQuestions
const words = Number(
  process.argv.find((argument) => argument.startsWith('--words='))?.slice('--words='.length),
)
const sizes =
  words > 0 ? { ...passageSizes, idealWords: words, maxWords: Math.round(words * 1.5) } : passageSizes
const embedder = chooseEmbedder(env)
const answerer = chooseAnswerer(env, embedder)

const database = await startTestDatabase()
const { db, close } = connectDatabase(database.connectionString)
try {
  const filled = await fillDatabase({ db, embedder }, { corpus, sizes })
  const report: Report = {
    corpus: { name: hasShared ? '60 printed sermons' : 'samples', sermons: corpus.length, ...filled },
    embedder: embedder.id,
    answerer: answerer.id,
    retrieval: [],
    answers: [],
  }
  const product = fusionWeights[embedder.label]
  const mixes = [
    { mix: 'full text only', weights: { lexical: 1, vector: 0, heading: 0 } },
    { mix: 'vectors only', weights: { lexical: 0, vector: 1, heading: 0 } },
    { mix: 'fused', weights: { ...product, heading: 0 } },
    { mix: 'fused, with headings (product)', weights: product },
  ]
  const sets = ['tuning', 'unseen'] as const
  const tasks = [
    { task: 'title', cases: corpus.map(({ key, title }) => ({ query: title, sermons: [key] })) },
    ...sets.map((set) => ({
      task: `question, ${set}`,
      cases: questions
        .filter((entry) => entry.set === set)
        .map(({ question, sermons }) => ({ query: question, sermons })),
    })),
  ].filter(({ cases }) => cases.length > 0)
  for (const { task, cases } of tasks) {
    for (const { mix, weights } of mixes) {
      process.stderr.write(`Measuring: ${task}, ${mix}\n`)
      report.retrieval.push({ task, mix, ...(await measureRetrieval({ db, embedder }, { cases, weights })) })
    }
  }
  for (const set of sets) {
    process.stderr.write(`Measuring: answers, ${set}\n`)
    const input = {
      answerable: questions.filter((entry) => entry.set === set),
      unanswerable: unanswerable.filter((entry) => entry.set === set).map(({ question }) => question),
      corpus,
    }
    report.answers.push({ set, ...(await measureAnswers({ db, embedder, answerer }, input)) })
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(report, null, 2))
  else printTables(report)
  const invented = report.answers.reduce(
    (sum, { quotes, verbatimQuotes }) => sum + quotes - verbatimQuotes,
    0,
  )
  if (invented > 0) {
    console.error(`${invented} quotes are not word for word what was said.`)
    process.exitCode = 1
  }
} finally {
  await close()
  await database.stop()
}
