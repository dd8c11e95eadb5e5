/** The positions of quotes in a sermon, in milliseconds from its beginning. */
export type QuoteMarks = readonly number[]

const none: QuoteMarks = []
const marksOf = new Map<string, QuoteMarks>()
const listeners = new Set<() => void>()

/** Where the quotes shown of a sermon start; the same array until they change. */
export function quoteMarks(sermonId: string): QuoteMarks {
  return marksOf.get(sermonId) ?? none
}

/** Shows quotes of a sermon on its timeline; an empty list removes them. */
export function markQuotes(sermonId: string, marks: QuoteMarks): void {
  if (marks.length === 0 && !marksOf.has(sermonId)) return
  if (marks.length === 0) marksOf.delete(sermonId)
  else marksOf.set(sermonId, marks)
  for (const listener of listeners) listener()
}

export function subscribeToQuoteMarks(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
