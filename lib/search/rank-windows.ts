import { measureNearness } from './measure-nearness.ts'
import type { IndexedSermon, PassageIndex } from './passage-index.ts'
import type { SearchQuery } from './read-query.ts'
import { type ScoreBuffers, scoreBuffers, scoreMeanings, scoreWords } from './score-windows.ts'
import { takeBest } from './take-best.ts'

/** A window (see `PassageIndex`) with what speaks for it. */
export type RankedWindow = {
  number: number
  score: number
  /** Share of the query's weight in its words, 0 to 1; related words count less. */
  coverage: number
  /** How much of the order of the query's words it keeps, 0 to 1. */
  order: number
  /** Nearness of meaning, -1 to 1. */
  cosine: number
  /** How much nearer it is by a model's vectors than the middle one of those that they find; 0 without a model. */
  modelLead: number
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
  /** Where a query asks for a subject: words and meaning of everything said in a sermon, and the words of its title. */
  subjectWords: number
  subjectMeaning: number
  subjectTitle: number
}

/** Chosen with `npm run eval`; see docs/evaluation.md. */
export const rankingWeights: RankingWeights = {
  words: 1,
  meaning: 3,
  order: 4,
  heading: 30,
  scripture: 150,
  model: 2,
  subjectWords: 0.75,
  subjectMeaning: 0.75,
  subjectTitle: 3,
}

const BEST_CANDIDATES = 700
const WORD_CANDIDATES = 400
/** A window that keeps most of the query's order is a remembered phrase; single pairs are often chance. */
const ORDER_BASE = 0.5
const ORDER_SHARE = 3
const buffers = new WeakMap<PassageIndex, ScoreBuffers>()

/**
 * The windows of visible sermons that fit a query best, best first: BM25 and nearness of meaning as
 * standard scores, and the order of words.
 */
export function rankWindows(
  index: PassageIndex,
  query: SearchQuery,
  options: {
    isVisible: (sermon: IndexedSermon) => boolean
    weights: RankingWeights
    model?: ReadonlyMap<number, number> | undefined
  },
): RankedWindow[] {
  const { weights, model } = options
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
  const modelScale = modelScaleOf(model)
  const modelLead = modelLeadOf(model)
  const { scores: sums } = scores
  // The passages of a sermon follow each other, so its visibility is checked once.
  let lastSermon: IndexedSermon | null = null
  let isVisible = false
  for (let number = 0; number < index.size; number += 1) {
    sums[number] = Number.NEGATIVE_INFINITY
    const sermon = index.sermonOf[number]
    if (!sermon || index.windowWords[number] === 0) continue
    if (sermon !== lastSermon) {
      lastSermon = sermon
      isVisible = options.isVisible(sermon)
    }
    if (!isVisible) {
      words[number] = 0
      continue
    }
    let sum =
      weights.words * ((words[number] ?? 0) - wordScale.mean) * wordScale.perUnit +
      weights.meaning * ((cosines[number] ?? 0) - meaningScale.mean) * meaningScale.perUnit
    if (model) {
      const cosine = modelCosine(index, model, number)
      if (cosine > 0) sum += weights.model * modelScale(cosine)
    }
    sums[number] = sum
  }
  const { size } = index
  const candidates = [
    ...new Set([
      ...takeBest(sums, { size, count: BEST_CANDIDATES, least: Number.NEGATIVE_INFINITY }),
      ...takeBest(words, { size, count: WORD_CANDIDATES, least: 0 }),
    ]),
  ]
  const { wholeOrder, nearness } = measureNearness(index, query.terms, candidates)
  return candidates
    .map((number, place) => {
      const { coverage, order } = nearness[place] ?? { coverage: 0, order: 0 }
      const kept = wholeOrder === 0 ? 0 : order / wholeOrder
      return {
        number,
        score:
          (sums[number] ?? 0) + weights.order * wordScale.perUnit * order * (ORDER_BASE + ORDER_SHARE * kept),
        coverage,
        order: kept,
        cosine: cosines[number] ?? 0,
        modelLead: model ? modelLead(modelCosine(index, model, number)) : 0,
      }
    })
    .sort((a, b) => b.score - a.score || a.number - b.number)
}

/** How values of the windows become standard scores: without the mean, times `perUnit`. */
function standardScale(index: PassageIndex, values: Float32Array): { mean: number; perUnit: number } {
  let count = 0
  let sum = 0
  let squares = 0
  for (let number = 0; number < index.size; number += 1) {
    if (index.windowWords[number] === 0) continue
    const value = values[number] ?? 0
    count += 1
    sum += value
    squares += value * value
  }
  const mean = count === 0 ? 0 : sum / count
  const deviation = count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean))
  return { mean, perUnit: deviation < 1e-6 ? 0 : 1 / deviation }
}

/** The greater cosine of a window's passages; the passage after it may belong to another sermon. */
function modelCosine(index: PassageIndex, model: ReadonlyMap<number, number>, window: number): number {
  const next = index.hasNext[window] === 1 ? (model.get(window + 1) ?? 0) : 0
  return Math.max(model.get(window) ?? 0, next)
}

function modelScaleOf(model: ReadonlyMap<number, number> | undefined): (cosine: number) => number {
  const cosines = [...(model?.values() ?? [])]
  const least = Math.min(...cosines)
  const reach = Math.max(...cosines) - least || 1
  return (cosine) => (4 * (cosine - least)) / reach
}

/**
 * How far a cosine stands out from those of the passages that a model finds: most of them are not about the query, and
 * what is a high cosine differs from model to model.
 */
function modelLeadOf(model: ReadonlyMap<number, number> | undefined): (cosine: number) => number {
  const cosines = [...(model?.values() ?? [])].sort((a, b) => a - b)
  const middle = cosines[Math.floor(cosines.length / 2)]
  return (cosine) => (middle === undefined ? 0 : Math.max(0, cosine - middle))
}
