import type { Database } from '#lib/db/connect-database.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import type { Reranker } from '#lib/search/reranker.ts'
import { type SearchOutcome, searchPassages } from '#lib/search/search-passages.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'
import { followQuestion } from './follow-question.ts'
import type { AskRequest } from './read-request.ts'

const CANDIDATES = 12
const PER_SERMON = 2

type Deps = { db: Database; embedder: Embedder | null; reranker?: Reranker | null | undefined }
export type AskedKind = 'answer' | 'sermons' | 'speakers'

/**
 * Searches for what a request asks, without the wording of the request itself. `text` is the question read together
 * with the earlier ones. Returns what kind of reply fits what was found.
 */
export async function findAsked(
  deps: Deps,
  input: {
    request: AskRequest
    question: string
    text: string
    earlier: readonly string[]
    scope: SearchScope
    signal: AbortSignal | undefined
  },
): Promise<SearchOutcome & { kind: AskedKind }> {
  const { request, question, text, earlier, scope, signal } = input
  const search = (query: string) =>
    searchPassages(deps, {
      query,
      limit: CANDIDATES,
      perSermon: PER_SERMON,
      keepWeak: true,
      onlyNamedSpeaker: true,
      scope,
      signal,
    })
  if (request.kind !== 'sermons' && request.kind !== 'speakers') {
    return { ...(await search(text)), kind: 'answer' }
  }
  const { kind } = request
  if (request.bookSearch !== null) {
    const found = await search(request.bookSearch)
    if (found.hits.some(({ scriptureFit }) => scriptureFit > 0)) return { ...found, kind }
  }
  const found = await search(followQuestion(question, earlier, request.search))
  if (request.isOfSpeaker && !found.query.speakers && found.query.unknownSpeaker === null) {
    return { ...(await search(text)), kind: 'answer' }
  }
  return { ...found, kind }
}
