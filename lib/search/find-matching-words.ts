import type { Database } from '#lib/db/connect-database.ts'
import { analyseTexts } from './analyse-text.ts'
import type { SearchQuery } from './read-query.ts'
import type { PassageHit } from './search-passages.ts'

/**
 * The words of the hits, in lower case: `own` are forms of words of the query, `all` also those that a related word
 * found.
 */
export async function findMatchingWords(
  { db }: { db: Database },
  query: SearchQuery,
  hits: readonly PassageHit[],
): Promise<{ own: Set<string>; all: Set<string> }> {
  const ownTerms = new Set(query.terms.flatMap(({ terms }) => terms))
  const relatedTerms = new Set(query.terms.flatMap(({ related }) => related.map(({ term }) => term)))
  const own = new Set<string>()
  const all = new Set<string>()
  for (const language of new Set(hits.map((hit) => hit.language))) {
    const texts = hits.filter((hit) => hit.language === language).map(({ text }) => text)
    const words = [...new Set(texts.join(' ').match(/[\p{L}\p{M}\p{N}’']+/gu) ?? [])]
    const analysed = await analyseTexts(db, words, language)
    for (const [place, word] of words.entries()) {
      const terms = analysed[place]?.terms ?? []
      const isOwn = terms.some((term) => ownTerms.has(term))
      if (isOwn) own.add(word.toLowerCase())
      if (isOwn || terms.some((term) => relatedTerms.has(term))) all.add(word.toLowerCase())
    }
  }
  return { own, all }
}
