import type { Database } from '#lib/db/connect-database.ts'
import { analyseTexts } from './analyse-text.ts'
import type { SearchQuery } from './read-query.ts'
import type { PassageHit } from './search-passages.ts'

/** The words of the hits, in lower case, that the query found; also those that a related word found, unless told otherwise. */
export async function findMatchingWords(
  { db }: { db: Database },
  query: SearchQuery,
  hits: readonly PassageHit[],
  { withRelated = true }: { withRelated?: boolean } = {},
): Promise<Set<string>> {
  const wanted = new Set(
    query.terms.flatMap(({ terms, related }) => [
      ...terms,
      ...(withRelated ? related.map(({ term }) => term) : []),
    ]),
  )
  const matching = new Set<string>()
  for (const language of new Set(hits.map((hit) => hit.language))) {
    const texts = hits.filter((hit) => hit.language === language).map(({ text }) => text)
    const words = [...new Set(texts.join(' ').match(/[\p{L}\p{M}\p{N}’']+/gu) ?? [])]
    const analysed = await analyseTexts(db, words, language)
    for (const [place, word] of words.entries()) {
      if (analysed[place]?.terms.some((term) => wanted.has(term))) matching.add(word.toLowerCase())
    }
  }
  return matching
}
