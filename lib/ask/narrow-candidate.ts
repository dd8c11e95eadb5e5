import type { SearchQuery } from '#lib/search/read-query.ts'
import { coverage } from './measure-fit.ts'
import type { Candidate } from './read-candidates.ts'

export type Narrowed = {
  firstSentence: number
  lastSentence: number
  /** Share of the question's weight in the chosen sentences. */
  coverage: number
}

const MAX_SENTENCES = 4
const MAX_WORDS = 80
const IDEAL_WORDS = 35
/** The largest deduction from coverage for a span far from the ideal length. */
const LENGTH_PENALTY = 0.2

/** Finds the sentences in a row of the found passage that fit the question best; null if there are none. */
export function narrowCandidate(query: SearchQuery, candidate: Candidate): Narrowed | null {
  const { sentences } = candidate
  const carried = sentences.map(({ terms, isFound }) => (isFound ? coverage(query, new Set(terms)) : 0))
  const someSpeak = carried.some((share) => share > 0)
  let best: (Narrowed & { worth: number }) | null = null
  for (let first = 0; first < sentences.length; first += 1) {
    // Sentences before the first match are left out; those after it may be included.
    if (!sentences[first]?.isFound || (someSpeak && !carried[first])) continue
    for (let last = first; last < Math.min(sentences.length, first + MAX_SENTENCES); last += 1) {
      const span = sentences.slice(first, last + 1)
      if (!span.at(-1)?.isFound) break
      const words = (span.at(-1)?.lastWord ?? 0) - (span[0]?.firstWord ?? 0) + 1
      if (words > MAX_WORDS && last > first) break
      const covered = coverage(query, new Set(span.flatMap(({ terms }) => terms)))
      const worth = covered - LENGTH_PENALTY * Math.min(1, Math.abs(words - IDEAL_WORDS) / IDEAL_WORDS)
      if (!best || worth > best.worth)
        best = { firstSentence: first, lastSentence: last, coverage: covered, worth }
    }
  }
  return best
}
