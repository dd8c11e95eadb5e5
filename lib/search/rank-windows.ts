import { measureNearness } from './measure-nearness.ts'
import type { IndexedSermon, PassageIndex } from './passage-index.ts'
import type { SearchQuery } from './read-query.ts'
import { createScoreBuffers, type ScoreBuffers } from './score-buffers.ts'
import { scoreMeanings, scoreWords } from './score-windows.ts'
import { joinPlaces, takeBest } from './take-best.ts'

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
 * The windows of visible sermons that fit a query best, in the order of their numbers, so that those of a sermon follow
 * each other: BM25 and nearness of meaning as standard scores, and the order of words.
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
  const { size, windows: count } = index
  let scores = buffers.get(index)
  if (!scores || scores.size < size) {
    scores = createScoreBuffers(Math.ceil(size * 1.25))
    buffers.set(index, scores)
  }
  const { words, cosines, scores: sums } = scores
  scoreWords(index, query.terms, scores)
  if (query.meaning) scoreMeanings(index, query.meaning, scores)
  else cosines.fill(0, 0, size)
  const wordScale = scores.scaleOf(words, { size, count })
  const meaningScale = scores.scaleOf(cosines, { size, count })
  scores.combine(
    size,
    { values: words, scale: wordScale, weight: weights.words },
    { values: cosines, scale: meaningScale, weight: weights.meaning },
  )
  keepVisible(index, scores, options.isVisible)
  if (model) addModel(index, sums, { model, weight: weights.model })
  const modelLead = modelLeadOf(model)
  const candidates = joinPlaces(
    takeBest(scores, sums, { size, count: BEST_CANDIDATES, least: Number.NEGATIVE_INFINITY }),
    takeBest(scores, words, { size, count: WORD_CANDIDATES, least: 0 }),
  )
  const { wholeOrder, coverages, orders } = measureNearness(index, query.terms, candidates)
  return Array.from(candidates, (number, place): RankedWindow => {
    const order = orders[place] ?? 0
    const kept = wholeOrder === 0 ? 0 : order / wholeOrder
    return {
      number,
      score:
        (sums[number] ?? 0) + weights.order * wordScale.perUnit * order * (ORDER_BASE + ORDER_SHARE * kept),
      coverage: coverages[place] ?? 0,
      order: kept,
      cosine: cosines[number] ?? 0,
      modelLead: model ? modelLead(modelCosine(index, model, number)) : 0,
    }
  })
}

/** Takes out the passages that are no windows of visible sermons. Sermons are in the order of their passages. */
function keepVisible(
  index: PassageIndex,
  { words, scores }: ScoreBuffers,
  isVisible: (sermon: IndexedSermon) => boolean,
): void {
  let end = 0
  for (const sermon of index.sermons.values()) {
    const { first } = sermon
    // Nothing is between most sermons, and an empty `fill` costs time too.
    if (first > end) scores.fill(Number.NEGATIVE_INFINITY, end, first)
    end = first + sermon.passages
    if (!isVisible(sermon)) {
      scores.fill(Number.NEGATIVE_INFINITY, first, end)
      words.fill(0, first, end)
    } else if (sermon.windows < sermon.passages) scores[end - 1] = Number.NEGATIVE_INFINITY
  }
  scores.fill(Number.NEGATIVE_INFINITY, end, index.size)
}

function addModel(
  index: PassageIndex,
  scores: Float32Array,
  { model, weight }: { model: ReadonlyMap<number, number>; weight: number },
): void {
  const scale = modelScaleOf(model)
  // The window before holds a passage too.
  const windows = new Set([...model.keys()].flatMap((passage) => [passage - 1, passage]))
  for (const number of windows) {
    const cosine = modelCosine(index, model, number)
    if (cosine > 0) scores[number] = (scores[number] ?? 0) + weight * scale(cosine)
  }
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
