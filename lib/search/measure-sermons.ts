import { NO_SERMON, type PassageIndex, type SermonEntry } from './passage-index.ts'
import type { QueryTerm, SearchQuery } from './read-query.ts'

const K1 = 1.2
const B = 0.6
/** In a whole sermon a related word means less than in a passage. */
const RELATED_SHARE = 0.5
/** Longer queries describe a moment, not the subject of a sermon. */
const SUBJECT_WORDS = 4.5
const SUBJECT_SLOPE = 0.7
/** From this share of kept order a query counts as a remembered phrase, increasingly. */
const PHRASE_ORDER = 0.35
const PHRASE_REACH = 0.3
/** Two words in their order, such as "free will", name a subject; from this number on they can be a phrase. */
const PHRASE_WORDS = 2
const PHRASE_WORDS_REACH = 0.8

/** Measures by sermon number. */
export type SermonMeasures = { words: Float64Array; nearness: Float64Array }

/**
 * Measures sermons as a whole against a query: `words` is BM25 over everything said in it, `nearness` the
 * cosine of the query's meaning with that of the sermon, both without what all sermons have in common.
 */
export function measureSermons(
  index: PassageIndex,
  query: SearchQuery,
  sermons: readonly SermonEntry[],
): SermonMeasures {
  const words = new Float64Array(index.nextSermonNumber)
  const meanLength = sermons.reduce((sum, { length }) => sum + length, 0) / Math.max(1, sermons.length) || 1
  for (const term of query.terms) {
    if (term.weight <= 0) continue
    const { counts, found } = countTerm(index, term)
    const idf = Math.log(1 + (index.sermons.size - found + 0.5) / (found + 0.5))
    for (const { number, length } of sermons) {
      const count = counts[number] ?? 0
      if (count === 0) continue
      const share = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / meanLength))
      words[number] = (words[number] ?? 0) + term.weight * idf * share
    }
  }
  return { words, nearness: measureMeanings(index, query, sermons) }
}

/** How often each sermon contains a term (related words count less), and how many contain the term itself. */
function countTerm(index: PassageIndex, term: QueryTerm): { counts: Float64Array; found: number } {
  const counts = new Float64Array(index.nextSermonNumber)
  const add = (name: string, weight: number) => {
    const number = index.termNumbers.get(name)
    const list = number === undefined ? undefined : index.postings[number]
    if (!list) return
    for (let at = 0; at < list.length; at += 1) {
      const entry = list.entries[at] ?? 0
      const sermon = index.sermonNumbers[entry >>> 8] ?? 0
      counts[sermon] = (counts[sermon] ?? 0) + weight * (entry & 255)
    }
  }
  for (const name of term.terms) add(name, 1)
  counts[NO_SERMON] = 0
  const found = counts.reduce((sum, count) => sum + Number(count > 0), 0)
  for (const { term: name, weight } of term.related) add(name, RELATED_SHARE * weight)
  return { counts, found }
}

function measureMeanings(
  index: PassageIndex,
  query: SearchQuery,
  sermons: readonly SermonEntry[],
): Float64Array {
  const nearness = new Float64Array(index.nextSermonNumber)
  const { meaning } = query
  if (!meaning || index.windows === 0) return nearness
  const { mean, units, rowOf } = centreOf(index)
  const wanted = toUnit(mean.map((value, d) => (meaning[d] ?? 0) - value))
  for (const { number } of sermons) {
    const row = (rowOf[number] ?? 0) * wanted.length
    let sum = 0
    for (let d = 0; d < wanted.length; d += 1) sum += (units[row + d] ?? 0) * (wanted[d] ?? 0)
    nearness[number] = sum
  }
  return nearness
}

type Centre = {
  revision: number
  /** The mean of all windows' vectors. */
  mean: Float64Array
  /**
   * Unit vectors of the sermons without the mean of their windows, one after the other because they are read for every
   * query, and the row of each by sermon number.
   */
  units: Float64Array
  rowOf: Uint32Array
}

const centres = new WeakMap<PassageIndex, Centre>()

function centreOf(index: PassageIndex): Centre {
  const known = centres.get(index)
  if (known?.revision === index.revision) return known
  const mean = index.vectorSum.map((sum) => sum / index.windows)
  const units = new Float64Array(index.sermons.size * mean.length)
  const rowOf = new Uint32Array(index.nextSermonNumber)
  let row = 0
  for (const { number, windows, vectorSum } of index.sermons.values()) {
    units.set(toUnit(vectorSum.map((sum, d) => sum - windows * (mean[d] ?? 0))), row * mean.length)
    rowOf[number] = row
    row += 1
  }
  const centre = { revision: index.revision, mean, units, rowOf }
  centres.set(index, centre)
  return centre
}

/** The vector with length 1; 0 where only errors of rounding are left of it. */
function toUnit(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => (length < 1e-9 ? 0 : value / length))
}

/**
 * The share of the query's weight in the headings or only in the title of each sermon, by sermon number. In titles
 * related words count too, less.
 */
export function measureNames(
  index: PassageIndex,
  terms: readonly QueryTerm[],
  place: 'headings' | 'titles',
): Float64Array {
  const shares = new Float64Array(index.nextSermonNumber)
  for (const { terms: names, related, idf, headingWeight } of terms) {
    const nearest = new Map<number, number>()
    const add = (name: string, weight: number) => {
      for (const { number } of index[place].get(name) ?? [])
        nearest.set(number, Math.max(nearest.get(number) ?? 0, weight))
    }
    for (const name of names) add(name, 1)
    if (place === 'titles') for (const { term, weight } of related) add(term, weight)
    for (const [number, weight] of nearest)
      shares[number] = (shares[number] ?? 0) + idf * headingWeight * weight
  }
  return shares
}

/**
 * How likely a query is about a subject, 0 to 1: a short query is, a long one or a remembered phrase describes a
 * moment, and verses are compared as ranges. `order` is the most of its word order that any window keeps.
 */
export function subjectShare({ terms, isReference }: SearchQuery, order: number): number {
  if (isReference) return 0
  const words = terms.reduce((sum, { weight }) => sum + weight, 0)
  const phrase =
    toShare((order - PHRASE_ORDER) / PHRASE_REACH) * toShare((words - PHRASE_WORDS) / PHRASE_WORDS_REACH)
  return (1 - phrase) / (1 + Math.exp((words - SUBJECT_WORDS) / SUBJECT_SLOPE))
}

const toShare = (value: number) => Math.min(1, Math.max(0, value))

/** Turns values into standard scores; all 0 where they are equal. */
export function standardScores(values: readonly number[]): {
  of: (value: number) => number
  deviation: number
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / Math.max(1, values.length))
  return { of: (value) => (deviation < 1e-9 ? 0 : (value - mean) / deviation), deviation }
}
