import type { WeighedTerm } from '#lib/search/search-passages.ts'
import { stemWord } from '#lib/search/stem-word.ts'
import { wordsOfText } from '#lib/search/words-of-text.ts'

const RELATED_MATCH = 0.6

/** The stems of a text. */
export function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOfText(text).map(stemWord))
}

/** The share of the question's weight that a text carries, 0 to 1. Rare words weigh more; related words count 0.6. */
export function coverage(terms: readonly WeighedTerm[], stems: ReadonlySet<string>): number {
  let whole = 0
  let carried = 0
  for (const term of terms) {
    const weight = term.idf * term.weight
    whole += weight
    if (stems.has(term.stem)) carried += weight
    else if (term.related.some((word) => stems.has(stemWord(word)))) carried += weight * RELATED_MATCH
  }
  return whole === 0 ? 0 : carried / whole
}

/**
 * The terms without those that name the speaker: "What did Spurgeon say of grief?" asks of grief. Where
 * nothing else is asked they stay.
 */
export function withoutSpeaker(
  terms: readonly WeighedTerm[],
  speaker: string | null,
): readonly WeighedTerm[] {
  const name = stemsOf(speaker ?? '')
  const others = terms.filter(({ stem }) => !name.has(stem))
  return others.some(({ weight }) => weight === 1) ? others : terms
}
