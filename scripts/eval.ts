/**
 * `npm run eval [-- --json] [-- --embedder=local] [-- --reranker=local] [-- --chapters] [-- --http <url>]`: measures
 * search and answers on the printed sermons in scripts/eval/data and fails below the minimum values in
 * scripts/eval/floors.json. With OPENAI_* set it measures those models; with `--embedder=local` and `--reranker=local`
 * the models that Selah downloads, which are downloaded first if they are missing. With `--chapters` it measures only
 * how chapters are detected. With `--http` it imports the sermons into a running server by `selah import` and uses its
 * API.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startTestDatabase } from '#harness/start-test-database.ts'
import { chooseAnswerer } from '#lib/ask/choose-answerer.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { rankingWeights } from '#lib/search/rank-windows.ts'
import { loadCases } from './eval/cases.ts'
import { fillDatabase } from './eval/fill-database.ts'
import { httpTarget, importLibrary } from './eval/http-target.ts'
import { loadLibrary } from './eval/load-library.ts'
import { noModels, requireLocalEmbedder, requireLocalReranker } from './eval/local-model.ts'
import { localTarget } from './eval/local-target.ts'
import { measureAnswers, summarise } from './eval/measure-answers.ts'
import { measureChapters } from './eval/measure-chapters.ts'
import { measureRetrieval } from './eval/measure-retrieval.ts'
import type { Target } from './eval/target.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    http: { type: 'string' },
    embedder: { type: 'string' },
    reranker: { type: 'string' },
    chapters: { type: 'boolean' },
  },
})
if (values.embedder !== undefined && values.embedder !== 'local') {
  throw new Error('--embedder=local is the only choice; OPENAI_* choose a model elsewhere.')
}
if (values.reranker !== undefined && values.reranker !== 'local') {
  throw new Error('--reranker=local is the only choice.')
}
const { chapters: chapterFloors, ...floors } = z
  .record(z.string(), z.record(z.string(), z.number()))
  .parse(JSON.parse(await readFile(join(import.meta.dirname, 'eval/floors.json'), 'utf8')))
const library = await loadLibrary()
const cases = await loadCases(library)
const texts = new Map(library.map(({ key, text }) => [key, text]))
const other = {
  'full text only': {
    ...rankingWeights,
    meaning: 0,
    order: 0,
    heading: 0,
    scripture: 0,
    model: 0,
    subjectWords: 0,
    subjectMeaning: 0,
    subjectTitle: 0,
  },
  'vectors only': {
    ...rankingWeights,
    words: 0,
    order: 0,
    heading: 0,
    scripture: 0,
    subjectWords: 0,
    subjectTitle: 0,
  },
}

/** Measures everything and prints it. Compares `rankings`; the first is the product's. */
async function measure(rankings: Record<string, Target>, keys: ReadonlyMap<string, string>, about: string) {
  const [product] = Object.values(rankings)
  if (!product) throw new Error('There is nothing to measure.')
  const retrieval = []
  for (const [kind, own] of Object.entries(cases.retrieval)) {
    for (const [ranking, target] of Object.entries(rankings)) {
      const { search } = target
      retrieval.push({ kind, ranking, ...(await measureRetrieval(search, { cases: own, keys })) })
    }
  }
  const tuning = await measureAnswers(product, { cases: cases.answers.tuning, keys, texts })
  const unseen = await measureAnswers(product, { cases: cases.answers.unseen, keys, texts })
  const summary = summarise(unseen)
  const measured: Record<string, Record<string, number>> = {
    ...Object.fromEntries(
      retrieval
        .filter(({ ranking }) => rankings[ranking] === product)
        .map(({ kind, hit1, hit5, hit10, mrr }) => [kind, { hit1, hit5, hit10, mrr }]),
    ),
    ...summary,
  }
  if (values.json) {
    const answers = { tuning: { ...tuning, ...summarise(tuning) }, unseen: { ...unseen, ...summary } }
    console.log(JSON.stringify({ about, retrieval, answers, measured }, null, 2))
  } else {
    console.log(`${library.length} sermons, ${about}\n`)
    console.log('| kind | n | ranking | @1 | @5 | @10 | MRR |\n|---|--:|---|--:|--:|--:|--:|')
    for (const { kind, cases: n, ranking, hit1, hit5, hit10, mrr } of retrieval) {
      const scores = [hit1, hit5, hit10, mrr].map((value) => value.toFixed(2)).join(' | ')
      console.log(`| ${kind} | ${n} | ${ranking} | ${scores} |`)
    }
    for (const [half, answers] of Object.entries({ tuning, unseen })) {
      console.log(
        `\nAnswers, ${half} half\n\n| kind | n | answered | first quote right | nearest only | refused |`,
      )
      console.log('|---|--:|--:|--:|--:|--:|')
      for (const [kind, own] of Object.entries(answers.kinds)) {
        console.log(
          `| ${kind} | ${own.cases} | ${own.answered} | ${own.firstRight} | ${own.related} | ${own.refused} |`,
        )
      }
      console.log(`\n${JSON.stringify({ ...summarise(answers), wrong: answers.wrong }, null, 2)}`)
    }
  }
  for (const [kind, least] of Object.entries(floors)) {
    for (const [figure, floor] of Object.entries(least)) {
      const value = measured[kind]?.[figure] ?? 0
      if (value >= floor) continue
      console.error(`${kind} ${figure} is ${value.toFixed(2)}, below the minimum of ${floor}.`)
      process.exitCode = 1
    }
  }
}

if (values.chapters) {
  const database = await startTestDatabase()
  const { db, close } = connectDatabase(database.connectionString)
  try {
    const halves = {
      tuning: await measureChapters(db, library, 0),
      unseen: await measureChapters(db, library, 1),
    }
    console.log(JSON.stringify(halves, null, 2))
    for (const [figure, floor] of Object.entries(chapterFloors ?? {})) {
      const value = z.record(z.string(), z.unknown()).parse(halves.unseen)[figure]
      if (typeof value === 'number' && value >= floor) continue
      console.error(`chapters ${figure} is ${String(value)}, below the minimum of ${floor}.`)
      process.exitCode = 1
    }
  } finally {
    await close()
    await database.stop()
  }
} else if (values.http) {
  const { keys, seconds } = await importLibrary(values.http, library)
  const target = httpTarget(values.http)
  await measure({ product: target }, keys, `${values.http}, imported in ${seconds.toFixed(0)} s`)
  for (const [path, { mean, slowest }] of Object.entries(target.times())) {
    console.error(`${path}: ${mean.toFixed(0)} ms on average, ${slowest.toFixed(0)} ms at most`)
  }
} else {
  const env = {
    OPENAI_API_KEY: process.env.OPENAI_API_KEY || undefined,
    OPENAI_BASE_URL: process.env.OPENAI_BASE_URL || undefined,
    OPENAI_CHAT_MODEL: process.env.OPENAI_CHAT_MODEL || 'gpt-4.1-mini',
    OPENAI_EMBEDDING_MODEL: process.env.OPENAI_EMBEDDING_MODEL || undefined,
  }
  const embedder =
    values.embedder === 'local'
      ? await requireLocalEmbedder(process.env)
      : chooseEmbedder({ ...env, ...noModels })
  const reranker = values.reranker === 'local' ? await requireLocalReranker(process.env) : null
  const answerer = chooseAnswerer(env)
  const database = await startTestDatabase()
  const { db, close } = connectDatabase(database.connectionString)
  try {
    const { keys, passages } = await fillDatabase({ db, embedder }, library)
    const deps = { db, embedder, reranker, answerer }
    const rankings = {
      product: localTarget(deps),
      ...Object.fromEntries(Object.entries(other).map(([name, mix]) => [name, localTarget(deps, mix)])),
    }
    await measure(
      rankings,
      keys,
      `${passages} passages, ${[embedder?.id ?? 'word meanings', reranker?.id ?? [], answerer.id].flat().join(', ')}`,
    )
  } finally {
    await close()
    await database.stop()
  }
}
