import { answerQuestion } from '#lib/ask/answer-question.ts'
import type { Answerer } from '#lib/ask/answerer.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import type { RankingWeights } from '#lib/search/rank-windows.ts'
import type { Reranker } from '#lib/search/reranker.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import type { Target } from './target.ts'

const FOUND = 60

/** Measures the product's own functions on a database. */
export function localTarget(
  deps: {
    db: Database
    embedder: Embedder | null
    reranker?: Reranker | null | undefined
    answerer: Answerer
  },
  weights?: RankingWeights | undefined,
): Target {
  const scope = { memberOf: [] }
  return {
    search: async (query) => {
      const { hits } = await searchPassages(deps, { query, limit: FOUND, perSermon: 1, scope, weights })
      return hits.map(({ sermonId }) => sermonId)
    },
    ask: (question) => answerQuestion(deps, { question, scope }),
  }
}
