import { containsRange, overlapsRange, type VerseRange } from '#lib/scripture/verse-range.ts'
import { measureNearness } from './measure-nearness.ts'
import type { IndexedSermon, PassageIndex } from './passage-index.ts'
import type { QueryTerm, SearchQuery } from './read-query.ts'
import { type ScoreBuffers, scoreBuffers, scoreMeanings, scoreWords } from './score-windows.ts'
import { takeBest } from './take-best.ts'

/** A window (see `PassageIndex`) with what speaks for it. */
export type RankedWindow = {
  number: number
  score: number
  /** Share of the query's weight that its words carry, 0 to 1; related words count for less. */
  coverage: number
  /** How much of the order of the query's words it keeps, 0 to 1. */
  order: number
  /** Nearness of meaning, -1 to 1. */
  cosine: number
}

export type RankedSermon = {
  sermon: IndexedSermon
  score: number
  /** Best first; empty where only the headings fit. */
  windows: RankedWindow[]
  /** Share of the query's weight in title, speaker, series, description and scripture. */
  heading: number
  /** How well its scripture fits the references of the query, 0 to 1. */
  scripture: number
}

export type RankingWeights = {
  words: number
  meaning: number
  /** Words of the query that follow each other in the passage as they do in the query. */
  order: number
  heading: number
  scripture: number
  /** Vectors of a model, where there is one. */
  model: number
}

/** Chosen with `npm run eval`; see docs/evaluation.md. */
export const rankingWeights: RankingWeights = {
  words: 1,
  meaning: 3,
  order: 4,
  heading: 30,
  scripture: 150,
  model: 2,
}

const BEST_CANDIDATES = 700
const WORD_CANDIDATES = 400
const WINDOWS_PER_SERMON = 8
/** Each further window of a sermon counts this much of the one before. */
const DECAY = 0.8
/** A window that keeps most of the query's order is a remembered phrase; single pairs are often chance. */
const ORDER_BASE = 0.5
const ORDER_SHARE = 3
/** What the best window counts more than the sum gives it: a remembered phrase is in one place. */
const BEST_WINDOW = 1
/** Details that carry the whole query name the sermon: that counts above anything said in it. */
const WHOLE_HEADING = 0.95
const HEADING_BONUS = 3

const buffers = new WeakMap<PassageIndex, ScoreBuffers>()

/**
 * All sermons that fit a query, best first: BM25 and nearness of meaning as standard scores, the order of
 * words, headings and scripture. A sermon counts by its best windows. The same index and query give the
 * same order. `model` holds cosines by a model's vectors, by passage number.
 */
export function rankSermons(
  index: PassageIndex,
  query: SearchQuery,
  options: {
    isVisible: (sermon: IndexedSermon) => boolean
    weights?: RankingWeights | undefined
    model?: ReadonlyMap<number, number> | undefined
  },
): RankedSermon[] {
  const weights = options.weights ?? rankingWeights
  const windows = index.size === 0 ? [] : rankWindows(index, query, { ...options, weights })
  const bySermon = new Map<string, RankedWindow[]>()
  for (const window of windows) {
    const id = index.sermonOf[window.number]?.id
    if (id === undefined) continue
    const own = bySermon.get(id)
    if (own) own.push(window)
    else bySermon.set(id, [window])
  }
  const whole = query.terms.reduce((sum, { idf, headingWeight }) => sum + idf * headingWeight, 0) || 1
  const ranked: RankedSermon[] = []
  for (const sermon of index.sermons.values()) {
    if (!options.isVisible(sermon)) continue
    const own = bySermon.get(sermon.id) ?? []
    const heading = headingShare(sermon, query.terms) / whole
    const scripture = scriptureFit(sermon.scripture, query.references)
    if (own.length === 0 && heading === 0 && scripture === 0) continue
    const sum = own
      .slice(0, WINDOWS_PER_SERMON)
      .reduce((total, { score }, place) => total + Math.max(0, score) * DECAY ** place, 0)
    const score =
      sum +
      BEST_WINDOW * Math.max(0, own[0]?.score ?? 0) +
      weights.heading * (heading ** 2 + (heading >= WHOLE_HEADING ? HEADING_BONUS : 0)) +
      weights.scripture * scripture
    ranked.push({ sermon, score, windows: own, heading, scripture })
  }
  return ranked.sort((a, b) => b.score - a.score || (a.sermon.id < b.sermon.id ? -1 : 1))
}

function rankWindows(
  index: PassageIndex,
  query: SearchQuery,
  options: {
    isVisible: (sermon: IndexedSermon) => boolean
    weights: RankingWeights
    model?: ReadonlyMap<number, number> | undefined
  },
): RankedWindow[] {
  const { weights } = options
  let scores = buffers.get(index)
  if (!scores || scores.words.length <= index.size) {
    scores = scoreBuffers(Math.ceil(index.size * 1.25))
    buffers.set(index, scores)
  }
  const { words, cosines } = scores
  scoreWords(index, query.terms, scores)
  if (query.meaning) scoreMeanings(index, query.meaning, scores)
  else cosines.fill(0, 0, index.size)
  const wordScale = standardScale(index, words)
  const meaningScale = standardScale(index, cosines)
  const modelScale = modelScaleOf(options.model)
  const visible = new Map<IndexedSermon, boolean>()
  const { scores: sums } = scores
  for (let number = 0; number < index.size; number += 1) {
    sums[number] = Number.NEGATIVE_INFINITY
    const sermon = index.sermonOf[number]
    if (!sermon || index.windowWords[number] === 0) continue
    let isVisible = visible.get(sermon)
    if (isVisible === undefined) {
      isVisible = options.isVisible(sermon)
      visible.set(sermon, isVisible)
    }
    if (!isVisible) {
      words[number] = 0
      continue
    }
    const model = Math.max(options.model?.get(number) ?? 0, options.model?.get(number + 1) ?? 0)
    sums[number] =
      weights.words * wordScale(words[number] as number) +
      weights.meaning * meaningScale(cosines[number] as number) +
      (model > 0 ? weights.model * modelScale(model) : 0)
  }
  const { size } = index
  const candidates = new Set([
    ...takeBest(sums, { size, count: BEST_CANDIDATES, least: Number.NEGATIVE_INFINITY }),
    ...takeBest(words, { size, count: WORD_CANDIDATES, least: 0 }),
  ])
  const measure = measureNearness(index, query.terms)
  const whole = measure.wholeOrder
  return [...candidates]
    .map((number) => {
      const score = sums[number] as number
      const { coverage, order } = measure.window(number)
      return {
        number,
        score:
          score +
          weights.order *
            wordScale.perUnit *
            order *
            (ORDER_BASE + ORDER_SHARE * (whole === 0 ? 0 : order / whole)),
        coverage,
        order: whole === 0 ? 0 : order / whole,
        cosine: cosines[number] ?? 0,
      }
    })
    .sort((a, b) => b.score - a.score || a.number - b.number)
}

/** Turns values of the windows into standard scores. `perUnit` is how much one unit is then. */
function standardScale(
  index: PassageIndex,
  values: Float32Array,
): ((value: number) => number) & { perUnit: number } {
  let count = 0
  let sum = 0
  let squares = 0
  for (let number = 0; number < index.size; number += 1) {
    if (index.windowWords[number] === 0) continue
    const value = values[number] as number
    count += 1
    sum += value
    squares += value * value
  }
  const mean = count === 0 ? 0 : sum / count
  const deviation = count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean))
  const perUnit = deviation < 1e-6 ? 0 : 1 / deviation
  return Object.assign((value: number) => (value - mean) * perUnit, { perUnit })
}

function modelScaleOf(model: ReadonlyMap<number, number> | undefined): (cosine: number) => number {
  const cosines = [...(model?.values() ?? [])]
  const least = Math.min(...cosines)
  const reach = Math.max(...cosines) - least || 1
  return (cosine) => (4 * (cosine - least)) / reach
}

function headingShare({ headings }: IndexedSermon, terms: readonly QueryTerm[]): number {
  const own = new Set(headings.flat())
  let share = 0
  for (const { terms: names, idf, headingWeight } of terms) {
    if (names.some((name) => own.has(name))) share += idf * headingWeight
  }
  return share
}

/** 1 where a range is the very one, less where it only shares verses. */
function scriptureFit(own: readonly VerseRange[], wanted: readonly VerseRange[]): number {
  let best = 0
  for (const one of wanted) {
    for (const other of own) {
      if (!overlapsRange(one, other)) continue
      const isSame = one.start === other.start && one.end === other.end
      const fit = isSame ? 1 : containsRange(one, other) ? 0.9 : containsRange(other, one) ? 0.85 : 0.75
      best = Math.max(best, fit)
    }
  }
  return best
}
