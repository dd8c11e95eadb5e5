import type { Answerer, AnswerRequest, Pick, Verdict } from './answerer.ts'
import { coverage, stemsOf, withoutSpeaker } from './measure-fit.ts'
import { type Narrowed, narrowCandidate } from './narrow-candidate.ts'
import type { Candidate } from './read-candidates.ts'

export const MAX_QUOTES = 4
export const MAX_NEAREST = 3

/** Chosen with `npm run eval`; see docs/evaluation.md. */
export const answerThresholds = {
  /** The share of the question's weight a passage must carry to be an answer. */
  coverage: 0.5,
  /** The nearness of meaning at which a passage is an answer whatever its words. Not measured: needs a key. */
  cosine: 0.5,
  /** Further quotes must come this near to the best one. */
  relative: 0.75,
}

type Weighed = { candidate: Candidate; narrowed: Narrowed; fits: boolean; worth: number }

/**
 * Answers without a model: the best passages, each narrowed to the sentences that speak to the question.
 * Refuses when no passage carries enough of what was asked. `isSemantic` says whether the candidates'
 * cosines compare meanings.
 */
export function extractiveAnswerer({ isSemantic }: { isSemantic: boolean }): Answerer {
  return {
    id: 'extractive',
    decide: async ({ terms, candidates }: AnswerRequest): Promise<Verdict> => {
      const weighed = candidates
        .flatMap((candidate) => weigh(candidate, terms, isSemantic))
        .sort((a, b) => Number(b.fits) - Number(a.fits) || b.worth - a.worth)
      const fitting = weighed.filter(({ fits }) => fits)
      const least = (fitting[0]?.worth ?? 0) * answerThresholds.relative
      const chosen = fitting.length > 0 ? fitting.filter(({ worth }) => worth >= least) : weighed
      return {
        refused: fitting.length === 0,
        picks: chosen.map(
          ({ candidate, narrowed }): Pick => ({
            candidate: candidate.id,
            firstSentence: narrowed.firstSentence,
            lastSentence: narrowed.lastSentence,
          }),
        ),
        words: null,
        note: null,
      }
    },
  }
}

function weigh(candidate: Candidate, allTerms: AnswerRequest['terms'], isSemantic: boolean): Weighed[] {
  const { hit } = candidate
  const terms = withoutSpeaker(allTerms, hit.speaker)
  const narrowed = narrowCandidate(terms, candidate)
  if (!narrowed) return []
  const found = candidate.sentences.filter(({ isFound }) => isFound).map(({ text }) => text)
  const passage = coverage(terms, stemsOf([...found, hit.title, hit.scripture].join(' ')))
  const nearness = isSemantic ? (hit.cosine ?? 0) : 0
  const fits = passage >= answerThresholds.coverage || nearness >= answerThresholds.cosine
  return [{ candidate, narrowed, fits, worth: passage + 0.5 * narrowed.coverage + hit.score + nearness }]
}
