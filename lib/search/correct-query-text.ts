import type { Database } from '#lib/db/connect-database.ts'
import { analyseTexts } from './analyse-text.ts'
import type { SearchQuery } from './read-query.ts'
import type { PassageHit } from './search-passages.ts'
import { foldWord } from './words-of-text.ts'

const words = /[\p{L}\p{M}\p{N}’']+/gu

/**
 * The text of a query as it was read, where the spelling of a word was corrected: with the form of the corrected word
 * that the hits use most. Null where no word was corrected, or where the hits were found by other words.
 */
export async function correctQueryText(
  { db }: { db: Database },
  query: SearchQuery,
  hits: readonly PassageHit[],
): Promise<string | null> {
  const corrected = query.terms.filter(({ isCorrected }) => isCorrected)
  if (corrected.length === 0) return null
  const formOf = await mostUsedForms(db, new Set(corrected.flatMap(({ terms }) => terms)), hits)
  const replacements = new Map(
    corrected.flatMap(({ word, terms }): [string, string][] => {
      const form = terms.map((term) => formOf.get(term)).find((found) => found !== undefined)
      return form === undefined ? [] : [[word, form]]
    }),
  )
  if (replacements.size === 0) return null
  return query.text.replace(words, (word) => replacements.get(foldWord(word.toLowerCase())) ?? word)
}

/** For each of the terms the word of the hits that it stands for most often, in lower case. */
async function mostUsedForms(
  db: Database,
  terms: ReadonlySet<string>,
  hits: readonly PassageHit[],
): Promise<Map<string, string>> {
  const counts = new Map<string, Map<string, number>>()
  for (const language of new Set(hits.map((hit) => hit.language || 'en'))) {
    const said = hits
      .filter((hit) => (hit.language || 'en') === language)
      .flatMap(({ title, text }) => `${title} ${text}`.toLowerCase().match(words) ?? [])
    const distinct = [...new Set(said)]
    const analysed = await analyseTexts(db, distinct, language)
    const termsOf = new Map(distinct.map((word, place) => [word, analysed[place]?.terms ?? []]))
    for (const word of said) {
      for (const term of termsOf.get(word) ?? []) {
        if (!terms.has(term)) continue
        const forms = counts.get(term) ?? new Map<string, number>()
        counts.set(term, forms.set(word, (forms.get(word) ?? 0) + 1))
      }
    }
  }
  return new Map(
    [...counts].flatMap(([term, forms]): [string, string][] => {
      const [best] = [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      return best ? [[term, best[0]]] : []
    }),
  )
}
