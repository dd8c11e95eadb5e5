import type { Database } from '#lib/db/connect-database.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import { type FusionWeights, searchPassages } from '#lib/search/search-passages.ts'

export type RetrievalCase = { query: string; sermons: readonly string[] }
export type RetrievalResult = { cases: number; hit1: number; hit10: number; mrr: number; msPerQuery: number }

/** How well a right sermon is ranked, a sermon ranking by its best passage. */
export async function measureRetrieval(
  deps: { db: Database; embedder: Embedder },
  input: { cases: readonly RetrievalCase[]; weights: FusionWeights },
): Promise<RetrievalResult> {
  let hit1 = 0
  let hit10 = 0
  let reciprocal = 0
  const started = performance.now()
  for (const { query, sermons } of input.cases) {
    const { hits } = await searchPassages(deps, {
      query,
      limit: 60,
      scope: { memberOf: [] },
      weights: input.weights,
    })
    const rank = [...new Set(hits.map(({ slug }) => slug))].findIndex((slug) => sermons.includes(slug))
    if (rank === 0) hit1 += 1
    if (rank >= 0 && rank < 10) hit10 += 1
    if (rank >= 0) reciprocal += 1 / (rank + 1)
  }
  const cases = input.cases.length
  return {
    cases,
    hit1: hit1 / cases,
    hit10: hit10 / cases,
    mrr: reciprocal / cases,
    msPerQuery: (performance.now() - started) / cases,
  }
}
