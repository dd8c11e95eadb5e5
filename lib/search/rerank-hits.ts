import { AppError } from '#lib/errors.ts'
import type { SearchQuery } from './read-query.ts'
import type { Reranker } from './reranker.ts'

/** What is needed of a hit; see `PassageHit`. */
type RankedHit = {
  sermonId: string
  text: string
  score: number
  order: number
  heading: number
  scriptureFit: number
}

/** So many sermons are read again with the query; each takes about as long as a passage takes to embed. */
const RERANKED = 12
/** What the reranker counts beside the ranking. Not measured with real weights: see docs/evaluation.md. */
const WEIGHT = 0.7
/** A phrase that is remembered word for word, or the name of a sermon, is found by its words. */
const EXACT_ORDER = 0.6
const WHOLE_HEADING = 0.95

/**
 * Orders the best passages of the first sermons by reading each together with the query. The other hits keep their
 * places, and the scores theirs, so that they never rise. Where the reranker cannot be used, the hits stay as they are.
 */
export async function rerankHits<Hit extends RankedHit>(
  reranker: Reranker,
  query: SearchQuery,
  { hits, signal }: { hits: readonly Hit[]; signal?: AbortSignal | undefined },
): Promise<Hit[]> {
  const first = firstOfEachSermon(hits).slice(0, RERANKED)
  if (first.length < 2 || query.isReference || first.some(isExact)) return [...hits]
  const scores = await scoreHits(reranker, query.text, { hits: first, signal })
  if (!scores) return [...hits]
  const reranked = first
    .map((hit, place) => ({ hit, worth: (1 - WEIGHT) * hit.score + WEIGHT * (scores[place] ?? 0), place }))
    .sort((a, b) => b.worth - a.worth || a.place - b.place)
    .map(({ hit }, place) => ({ ...hit, score: first[place]?.score ?? hit.score }))
  return [...reranked, ...hits.slice(first.length)]
}

/** The hits at the beginning that belong to different sermons. */
function firstOfEachSermon<Hit extends RankedHit>(hits: readonly Hit[]): Hit[] {
  const seen = new Set<string>()
  const end = hits.findIndex(({ sermonId }) => seen.size === seen.add(sermonId).size)
  return hits.slice(0, end < 0 ? hits.length : end)
}

function isExact({ order, heading, scriptureFit }: RankedHit): boolean {
  return order >= EXACT_ORDER || heading >= WHOLE_HEADING || scriptureFit > 0
}

async function scoreHits(
  reranker: Reranker,
  query: string,
  { hits, signal }: { hits: readonly RankedHit[]; signal: AbortSignal | undefined },
): Promise<number[] | null> {
  try {
    return await reranker.score(
      query,
      hits.map(({ text }) => text),
      { signal },
    )
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    console.warn(`Searching without the reranker: ${error.message}`, error.cause)
    return null
  }
}
