import type { SearchQuery } from '#lib/search/read-query.ts'

/**
 * The share of the question's weight that the found terms cover, 0 to 1: rare words weigh more, related words less.
 */
export function coverage({ terms }: SearchQuery, found: ReadonlySet<string>): number {
  let whole = 0
  let carried = 0
  for (const { terms: own, related, idf, weight } of terms) {
    whole += idf * weight
    if (own.some((term) => found.has(term))) carried += idf * weight
    else {
      const nearest = related.find(({ term }) => found.has(term))
      carried += idf * weight * (nearest?.weight ?? 0)
    }
  }
  return whole === 0 ? 0 : carried / whole
}
