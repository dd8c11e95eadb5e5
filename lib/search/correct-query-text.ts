import type { SearchQuery } from './read-query.ts'
import { foldWord } from './words-of-text.ts'

const words = /[\p{L}\p{M}\p{N}’']+/gu

/** The text of a query as it was read, with the corrected words in lower case; null where none was corrected. */
export function correctQueryText({ text, terms }: SearchQuery): string | null {
  const replacements = new Map(
    terms.flatMap(({ word, corrected }): [string, string][] =>
      corrected === null ? [] : [[word, corrected]],
    ),
  )
  if (replacements.size === 0) return null
  return text.replace(words, (word) => replacements.get(foldWord(word.toLowerCase())) ?? word)
}
