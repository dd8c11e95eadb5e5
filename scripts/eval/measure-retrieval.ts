import type { Database } from '#lib/db/connect-database.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import type { RankingWeights } from '#lib/search/rank-sermons.ts'
import { searchPassages } from '#lib/search/search-passages.ts'

export type RetrievalCase = { query: string; sermons: readonly string[] }
export type RetrievalResult = { cases: number; hit1: number; hit5: number; hit10: number; mrr: number }

/** How high a right sermon is ranked. `keys` names the sermons by their ids. */
export async function measureRetrieval(
  deps: { db: Database; embedder: Embedder | null },
  input: {
    cases: readonly RetrievalCase[]
    keys: ReadonlyMap<string, string>
    weights?: RankingWeights | undefined
  },
): Promise<RetrievalResult> {
  const ranks: number[] = []
  for (const { query, sermons } of input.cases) {
    const { hits } = await searchPassages(deps, {
      query,
      limit: 60,
      perSermon: 1,
      scope: { memberOf: [] },
      weights: input.weights,
    })
    ranks.push(hits.findIndex(({ sermonId }) => sermons.includes(input.keys.get(sermonId) ?? '')))
  }
  const share = (counts: (rank: number) => number) =>
    ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : counts(rank)), 0) / ranks.length
  return {
    cases: ranks.length,
    hit1: share((rank) => Number(rank === 0)),
    hit5: share((rank) => Number(rank < 5)),
    hit10: share((rank) => Number(rank < 10)),
    mrr: share((rank) => 1 / (rank + 1)),
  }
}
