import { READ_FIT } from '#lib/search/find-scripture-moments.ts'
import { type Evidence, MAX_LEAD } from '#lib/search/rank-sermons.ts'
import { hasNoSubject, type SearchQuery } from '#lib/search/read-query.ts'
import { LEAST_MODEL_LEAD } from '#lib/search/search-passages.ts'
import type { Answerer, Verdict } from './answerer.ts'
import { type Narrowed, narrowCandidate } from './narrow-candidate.ts'
import type { Candidate } from './read-candidates.ts'

export const MAX_QUOTES = 4
export const MAX_NEAREST = 3

/** Fitted on half of the development questions and checked on the other; see docs/evaluation.md. */
export const answerThresholds = {
  /** The least fit (see `fitOf`) of a question about which the sermons say something. */
  fit: 3.11,
  /** How much less is enough for a description of a moment, which needs no answer. */
  described: 0.3,
  /** The coverage of its subject from which the sermons speak to a question about a single thing. */
  single: 0.8,
  leastSingle: 0.5,
  /** The least coverage of a question whose words have no meaning in the table, such as one in another language. */
  wordsAlone: 0.6,
  /** The weight of nearness of meaning relative to the words. */
  cosine: 2.2,
  /** How much each doubling of the question's words counts: several words agree by chance less often. */
  length: 0.6,
  /** The directness (see `directnessOf`) from which they answer it. */
  direct: 3.85,
  lead: 0.84,
  coverage: 2.43,
  /** A word that is less rare than this, such as "God", does not tell one passage from another. */
  commonplace: 0.9,
  title: 1.68,
  /** How much of the order of its words a question without a subject must find. */
  order: 0.6,
  /** How much less is enough for each halving of the library: among fewer passages fewer agree by chance. */
  fitPerHalving: 0.09,
  directPerHalving: 0.08,
  /** Further quotes must come this near to the best one, and their sermon to the best sermon. */
  relative: 0.9,
  relativeSermon: 0.6,
  /** So must nearest moments, and this near to the least fit. */
  relativeNearest: 0.85,
  refusedCosine: 0.38,
  below: 0.75,
  /** The weight of a quote from an unreviewed transcript, so that reviewed text of similar fit comes first. */
  draft: 0.9,
}

/** The thresholds were fitted in a library of so many passages; below the least number they fall no further. */
const FITTED_WINDOWS = 28_000
const LEAST_WINDOWS = 250

type Weighed = { candidate: Candidate; narrowed: Narrowed; fit: number; place: number }

/**
 * Answers without a model: passages of the best sermons, each narrowed to the sentences that speak to the
 * question, the best sermon first. Refuses when nothing fits well enough; where the sermons touch on the
 * question but none answers it clearly, the picks are only the nearest moments.
 */
export const extractiveAnswerer: Answerer = {
  id: 'extractive',
  decide: async ({ query, candidates, evidence }): Promise<Verdict> => {
    const weighed = candidates.flatMap((candidate, place): Weighed[] => {
      const narrowed = narrowCandidate(query, candidate)
      return narrowed && keepsPhrase(query, candidate)
        ? [{ candidate, narrowed, fit: fitOf(query, candidate.hit), place }]
        : []
    })
    const outcome = judge(query, evidence, candidates)
    const best = Math.max(0, ...weighed.map(({ fit }) => fit))
    const chosen =
      outcome === 'answered'
        ? weighed.filter((entry) => entry.place === 0 || isFurtherAnswer(entry, weighed[0], best))
        : weighed.filter((entry) => isNear(entry, query, { evidence, best, outcome }))
    return {
      outcome,
      picks: oneOfEachSermon(chosen).map(({ candidate, narrowed }) => ({
        candidate: candidate.id,
        firstSentence: narrowed.firstSentence,
        lastSentence: narrowed.lastSentence,
      })),
      words: null,
      note: null,
    }
  },
}

/** Whether the sermons answer a question, only touch on it, or do not speak to it. */
function judge(
  query: SearchQuery,
  evidence: Evidence,
  candidates: readonly Pick<Candidate, 'hit'>[],
): Verdict['outcome'] {
  if (candidates.some(({ hit }) => hit.scriptureFit >= READ_FIT)) return 'answered'
  if (candidates.some(({ hit }) => hit.scriptureFit > 0)) return 'related'
  if (hasNoSubject(query)) {
    return candidates.some((candidate) => keepsPhrase(query, candidate)) ? 'answered' : 'refused'
  }
  if (!speaksTo(query, evidence)) return 'refused'
  if (isCommonplace(query)) return 'related'
  return directnessOf(evidence) >= leastDirectness(evidence) ? 'answered' : 'related'
}

/** A question of words of asking alone is only answered by its phrase. */
function keepsPhrase(query: SearchQuery, { hit }: Pick<Candidate, 'hit'>): boolean {
  return !hasNoSubject(query) || hit.order >= answerThresholds.order
}

function speaksTo(query: SearchQuery, evidence: Evidence): boolean {
  if (mentionsSingle(query, evidence)) return true
  // Words of other languages have no meaning here, so only the words themselves can agree.
  if (query.meaning === null) return evidence.coverage >= answerThresholds.wordsAlone
  return fitOf(query, evidence) >= leastFit(query, evidence)
}

/** "Is there a God?" names nothing that tells one passage of the library from another. */
function isCommonplace({ terms }: SearchQuery): boolean {
  return terms.every(({ weight, idf }) => weight < 1 || idf < answerThresholds.commonplace)
}

/** A single subject is either mentioned or not, whether or not the words of asking are. */
function mentionsSingle({ terms }: SearchQuery, { coverage }: Evidence): boolean {
  const [subject, ...further] = terms.filter(({ weight }) => weight === 1)
  if (!subject || further.length > 0) return false
  const share = subject.idf / terms.reduce((sum, { idf, weight }) => sum + idf * weight, 0)
  return coverage >= Math.max(answerThresholds.leastSingle, answerThresholds.single * share)
}

/** The least fit of a question about which the sermons say something, in a library of this size. */
function leastFit({ isQuestion }: SearchQuery, evidence: Evidence): number {
  const { fit, described, fitPerHalving } = answerThresholds
  return fit - (isQuestion ? fitPerHalving * halvings(evidence) : described)
}

function isFurtherAnswer(
  { candidate: { hit }, fit }: Weighed,
  first: Weighed | undefined,
  best: number,
): boolean {
  const { relative, relativeSermon } = answerThresholds
  const isNearSermon = hit.sermonId === first?.candidate.hit.sermonId || hit.score >= relativeSermon
  return isNearSermon && fit >= best * relative
}

/** Whether a moment may be shown as near where nothing answers. */
function isNear(
  { candidate, fit }: Weighed,
  query: SearchQuery,
  { evidence, best, outcome }: { evidence: Evidence; best: number; outcome: Verdict['outcome'] },
): boolean {
  if (candidate.hit.modelLead >= LEAST_MODEL_LEAD) return true
  const { below, relativeNearest, refusedCosine } = answerThresholds
  if (fit < best * relativeNearest) return false
  // Where the sermons do not speak to a question, a moment must say a word of it or be very near.
  if (outcome === 'refused' && candidate.hit.cosine < refusedCosine) return sharesSubject(query, candidate)
  return fit >= leastFit(query, evidence) - below || sharesSubject(query, candidate)
}

/** Whether the passage says a word of the subject itself, and not only a related one. */
function sharesSubject({ terms }: SearchQuery, { sentences }: Candidate): boolean {
  const said = new Set(sentences.flatMap((sentence) => (sentence.isFound ? sentence.terms : [])))
  return terms.some(
    ({ weight, idf, terms: own }) =>
      weight === 1 && idf >= answerThresholds.commonplace && own.some((term) => said.has(term)),
  )
}

/** With nothing to be ahead of, a sermon needs no less than in a large library. */
function leastDirectness(evidence: Evidence): number {
  const { direct, directPerHalving } = answerThresholds
  return evidence.lead >= MAX_LEAD ? direct : direct - directPerHalving * halvings(evidence)
}

/** How often the library that the thresholds were fitted to is halved to make one of this size. */
function halvings({ windows }: Evidence): number {
  return Math.log2(FITTED_WINDOWS / Math.max(LEAST_WINDOWS, windows))
}

/** How well a passage, or the best of all passages, fits a question, as a sum of what speaks for it. */
export function fitOf(
  { terms }: SearchQuery,
  { coverage, cosine }: Pick<Evidence, 'coverage' | 'cosine'>,
): number {
  const words = terms.reduce((sum, { weight }) => sum + weight, 0)
  const { cosine: perCosine, length } = answerThresholds
  return coverage + perCosine * Math.max(0, cosine) + length * Math.log2(1 + words)
}

/** How clearly one sermon answers a question: its lead, its coverage, and its title. */
export function directnessOf({
  lead,
  firstCoverage,
  firstTitle,
}: Pick<Evidence, 'lead' | 'firstCoverage' | 'firstTitle'>): number {
  const { lead: perLead, coverage, title } = answerThresholds
  return perLead * lead + coverage * firstCoverage + title * firstTitle
}

/** In the order of the search; of equal ones reviewed text before drafts, and further quotes of a sermon last. */
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
