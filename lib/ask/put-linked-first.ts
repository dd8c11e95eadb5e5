import type { Database } from '#lib/db/connect-database.ts'
import type { LinkedSermon } from '#lib/questions/find-linked-sermon.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'
import type { Answer } from './answer.ts'
import { MAX_QUOTES } from './extractive-answerer.ts'
import { narrowCandidate } from './narrow-candidate.ts'
import { readCandidates } from './read-candidates.ts'
import { renderPicks } from './render-picks.ts'

/** Quotes of the linked sermon that go before those of other sermons. */
const MAX_LINKED_QUOTES = 2

/**
 * The answer with the sermon that a church gave for this question: that sermon first, with the sentences of it that
 * come nearest, then the other quotes.
 */
export async function putLinkedFirst(
  deps: { db: Database; embedder: Embedder | null },
  answer: Answer,
  linked: LinkedSermon,
  { question, scope, signal }: { question: string; scope: SearchScope; signal?: AbortSignal | undefined },
): Promise<Answer> {
  const { hits, query } = await searchPassages(deps, {
    query: question,
    limit: MAX_LINKED_QUOTES,
    keepWeak: true,
    scope: { ...scope, sermonId: linked.sermonId },
    signal,
  })
  const candidates = await readCandidates(deps, hits)
  const picks = candidates.flatMap((candidate) => {
    const narrowed = narrowCandidate(query, candidate)
    return narrowed ? [{ ...narrowed, candidate: candidate.id }] : []
  })
  const first = renderPicks(candidates, picks, MAX_LINKED_QUOTES)
  const others = answer.quotes.filter(({ sermonId }) => sermonId !== linked.sermonId)
  return {
    ...answer,
    outcome: 'answered',
    refused: false,
    linked,
    quotes: [...first, ...others].slice(0, MAX_QUOTES),
    nearest: [],
    note: null,
  }
}
