export type RetrievalCase = { query: string; sermons: readonly string[] }
export type RetrievalResult = { cases: number; hit1: number; hit5: number; hit10: number; mrr: number }

/** Measures the rank of a right sermon. `keys` names the sermons by their ids. */
export async function measureRetrieval(
  search: (query: string) => Promise<string[]>,
  { cases, keys }: { cases: readonly RetrievalCase[]; keys: ReadonlyMap<string, string> },
): Promise<RetrievalResult> {
  const ranks: number[] = []
  for (const { query, sermons } of cases) {
    const found = await search(query)
    ranks.push(found.findIndex((sermonId) => sermons.includes(keys.get(sermonId) ?? '')))
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
