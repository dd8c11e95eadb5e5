/** Reads the query parameters `page` (from 1) and `perPage` (1 to 100, 20 by default) of a list. */
export function readPage(search: URLSearchParams): { page: number; perPage: number } {
  const page = Math.max(1, Number(search.get('page')) || 1)
  const perPage = Math.min(100, Math.max(1, Number(search.get('perPage')) || 20))
  return { page, perPage }
}
