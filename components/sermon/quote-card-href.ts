export type CardShape = 'square' | 'wide'

/** The address of the image of the sentences that begin within a span of a published sermon. */
export function quoteCardHref(
  sermonId: string,
  { startMs, endMs }: { startMs: number; endMs: number },
  shape: CardShape = 'square',
): string {
  return `/api/v1/sermons/${sermonId}/quote-card.png?start=${startMs}&end=${endMs}&shape=${shape}`
}
