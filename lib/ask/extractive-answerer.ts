import { hasNoSubject, type SearchQuery } from '#lib/search/read-query.ts'
import type { Answerer, Verdict } from './answerer.ts'
import { type Narrowed, narrowCandidate } from './narrow-candidate.ts'
import type { Candidate } from './read-candidates.ts'

export const MAX_QUOTES = 4
export const MAX_NEAREST = 3

/** Chosen with `npm run eval` on half of the development questions; see docs/evaluation.md. */
export const answerThresholds = {
  /** The fit (see `fitOf`) from which a passage is an answer. */
  fit: 2.95,
  /** How much nearness of meaning counts beside the words. */
  cosine: 1.6,
  /** How much each doubling of the question's words counts: several words agree by chance less often. */
  length: 0.7,
  /** The coverage from which a question about a single thing is answered. */
  single: 0.8,
  /** How much of the order of its words a question without a subject must find. */
  order: 0.6,
  /** Further quotes must come this near to the best one. */
  relative: 0.9,
  /** What a quote from an unreviewed transcript counts, so that reviewed text of like fit goes first. */
  draft: 0.9,
}

type Weighed = { candidate: Candidate; narrowed: Narrowed; fit: number; place: number }

/**
 * Answers without a model: passages of the best sermons, each narrowed to the sentences that speak to the
 * question. Refuses when no passage fits well enough.
 */
export const extractiveAnswerer: Answerer = {
  id: 'extractive',
  decide: async ({ query, candidates }): Promise<Verdict> => {
    const weighed = candidates.flatMap((candidate, place): Weighed[] => {
      const narrowed = narrowCandidate(query, candidate)
      return narrowed ? [{ candidate, narrowed, fit: fitOf(query, candidate), place }] : []
    })
    const best = Math.max(0, ...weighed.map(({ fit }) => fit))
    const isAnswered = best >= answerThresholds.fit
    const least = isAnswered ? Math.max(answerThresholds.fit, best * answerThresholds.relative) : 0
    const chosen = oneOfEachSermon(weighed.filter(({ fit }) => fit >= least))
    return {
      refused: !isAnswered,
      picks: chosen.map(({ candidate, narrowed }) => ({
        candidate: candidate.id,
        firstSentence: narrowed.firstSentence,
        lastSentence: narrowed.lastSentence,
      })),
      words: null,
      note: null,
    }
  },
}

/** How well a found passage fits a question, as a sum of what speaks for it. */
export function fitOf(query: SearchQuery, { hit }: Pick<Candidate, 'hit'>): number {
  if (hit.scriptureFit > 0) return answerThresholds.fit + hit.scriptureFit
  if (hasNoSubject(query) && hit.order < answerThresholds.order) return 0
  const { fit, cosine, length, single } = answerThresholds
  const subjects = query.terms.filter(({ weight }) => weight === 1)
  // A single subject is either spoken of or not.
  if (subjects.length === 1) return hit.coverage >= single ? fit + hit.coverage : hit.coverage
  return hit.coverage + cosine * Math.max(0, hit.cosine) + length * Math.log2(1 + query.terms.length)
}

/** In the order of the search, reviewed text before drafts of like place, further quotes of a sermon last. */
function oneOfEachSermon(weighed: readonly Weighed[]): Weighed[] {
  const taken = new Set<string>()
  const ordered = weighed
    .map((entry) => {
      const { sermonId, score, isDraft } = entry.candidate.hit
      const isFurther = taken.has(sermonId)
      taken.add(sermonId)
      return { entry, isFurther, worth: score * (isDraft ? answerThresholds.draft : 1) }
    })
    .sort(
      (a, b) =>
        Number(a.isFurther) - Number(b.isFurther) || b.worth - a.worth || a.entry.place - b.entry.place,
    )
  return ordered.map(({ entry }) => entry)
}
