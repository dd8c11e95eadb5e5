import { EXPOUNDED_FIT, type ScriptureMoments } from './find-scripture-moments.ts'
import { type PassageIndex, termsOf } from './passage-index.ts'
import type { RankedSermon } from './rank-sermons.ts'
import { hasNoSubject, type SearchQuery } from './read-query.ts'

/**
 * The least values of a passage that is relevant to the query. `beyond` is how much nearer in meaning it must be than
 * the passages of the library are on average: all of them are rather near to a query about God.
 */
export type LeastFit = {
  coverage: number
  order: number
  cosine: number
  beyond: number
  /** Enough for a passage that only a model's vectors find. */
  modelLead: number
  heading: number
}

/** A passage that was chosen, with what speaks for it; `PassageHit` explains the measures. */
export type Picked = {
  sermonId: string
  /** Null where only the details of the sermon fit. */
  passageId: string | null
  score: number
  coverage: number
  order: number
  cosine: number
  modelLead: number
  heading: number
  scriptureFit: number
}

/** Converts ranked windows to passages: of each window the passage that contains more of the query. */
export function pickPassages(
  index: PassageIndex,
  query: SearchQuery,
  ranked: readonly RankedSermon[],
  options: {
    limit: number
    perSermon: number
    /** How many sermons at most; all that fit without it. */
    sermons?: number | undefined
    least: LeastFit
    moments: ReadonlyMap<string, ScriptureMoments>
  },
): Picked[] {
  const { limit, perSermon, sermons = limit, least, moments } = options
  const gains = termGains(index, query)
  const leastCosine = Math.max(least.cosine, usualCosine(index, query) + least.beyond)
  const needsOrder = hasNoSubject(query) && query.terms.length > 1
  const bySermon = ranked
    .slice(0, Math.min(limit, sermons))
    .flatMap((entry): { score: number; passages: Picked[] }[] => {
      const { sermon, windows, heading, scripture } = entry
      const isNamed = heading >= least.heading || scripture > 0
      const fitting = windows.filter(
        ({ coverage, order, cosine, modelLead }) =>
          isNamed ||
          modelLead >= least.modelLead ||
          (needsOrder ? order >= least.order : coverage >= least.coverage || cosine >= leastCosine),
      )
      if (fitting.length === 0 && !isNamed) return []
      const common = { sermonId: sermon.id, heading, scriptureFit: scripture }
      const taken = new Set<number>()
      const passages: Picked[] = []
      const named = moments.get(sermon.id) ?? { fit: 0, passageIds: [] }
      const opening = openingOf(index, sermon.id)
      // A sermon reads its text at the beginning, often without naming it. Words such as “Phil” or “4” say nothing of
      // the place.
      const opensWithText =
        query.isReference && scripture > named.fit && named.fit < EXPOUNDED_FIT && opening !== null
      // Passages that name the verses of the query come before passages that only share words with it.
      for (const passageId of [...(opensWithText ? [opening] : []), ...named.passageIds]) {
        const passage = index.numberOf.get(passageId)
        if (passage === undefined || taken.has(passage) || passages.length === Math.min(perSermon, limit))
          continue
        taken.add(passage)
        const {
          score = 0,
          coverage = 0,
          order = 0,
          cosine = 0,
          modelLead = 0,
        } = windows.find(({ number }) => number === passage) ?? {}
        passages.push({ ...common, passageId, score, coverage, order, cosine, modelLead })
      }
      for (const { number, score, coverage, order, cosine, modelLead } of fitting) {
        if (passages.length === Math.min(perSermon, limit)) break
        const passage = betterPassage(index, gains, number)
        if (taken.has(passage)) continue
        taken.add(passage)
        const passageId = index.passageOf[passage]?.id ?? null
        passages.push({ ...common, passageId, score, coverage, order, cosine, modelLead })
      }
      if (passages.length === 0) {
        passages.push({
          ...common,
          passageId: opening,
          score: 0,
          coverage: 0,
          order: 0,
          cosine: 0,
          modelLead: 0,
        })
      }
      return [{ score: entry.score, passages }]
    })
  const best = bySermon.flatMap(({ score, passages }) =>
    passages.slice(0, 1).map((passage) => ({ ...passage, score })),
  )
  const further = bySermon.flatMap(({ passages }) => passages.slice(1)).sort((a, b) => b.score - a.score)
  return toShares([...best, ...further].slice(0, limit), bySermon[0]?.score ?? 1)
}

/** The passage that a sermon begins with; null without a transcript. */
function openingOf(index: PassageIndex, sermonId: string): string | null {
  const sermon = index.sermons.get(sermonId)
  return sermon && sermon.passages > 0 ? (index.passageOf[sermon.first]?.id ?? null) : null
}

/** The nearness of meaning of the library's windows on average. */
function usualCosine({ vectorSum, windows }: PassageIndex, { meaning }: SearchQuery): number {
  const sum = meaning?.reduce((total, value, d) => total + value * (vectorSum[d] ?? 0), 0) ?? 0
  return windows === 0 ? 0 : sum / windows
}

/** Scores as shares of the best one, never rising. */
function toShares(picks: readonly Picked[], best: number): Picked[] {
  let last = 1
  return picks.map((pick) => {
    last = Math.min(last, Math.max(0, pick.score) / (best || 1))
    return { ...pick, score: last }
  })
}

/** What each term of the index counts in the query. */
function termGains(index: PassageIndex, { terms }: SearchQuery): Float64Array {
  const gains = new Float64Array(index.terms.length)
  for (const { terms: own, related, idf, weight } of terms) {
    const all = [...own.map((term) => ({ term, weight: 1 })), ...related]
    for (const entry of all) {
      const number = index.termNumbers.get(entry.term)
      if (number === undefined) continue
      gains[number] = Math.max(gains[number] ?? 0, entry.weight * idf * weight)
    }
  }
  return gains
}

function betterPassage(index: PassageIndex, gains: Float64Array, window: number): number {
  if (index.hasNext[window] !== 1) return window
  return gainOf(index, gains, window + 1) > gainOf(index, gains, window) ? window + 1 : window
}

/** What the terms of a passage count together, each of them once. */
function gainOf(index: PassageIndex, gains: Float64Array, passage: number): number {
  const counted = new Set<number>()
  let sum = 0
  for (const term of termsOf(index, passage)) {
    const gain = gains[term] ?? 0
    if (gain === 0 || counted.has(term)) continue
    counted.add(term)
    sum += gain
  }
  return sum
}
