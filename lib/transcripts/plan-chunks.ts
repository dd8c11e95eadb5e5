const CHUNK_MS = 4 * 60_000
// How far a pause may be from the ideal place.
const SEARCH_MS = 60_000

export type Chunk = { startMs: number; endMs: number }

/**
 * Cuts a recording of `durationMs` into chunks of about four minutes, always inside a pause (the longest near
 * the ideal place), so that no word is cut. Without pauses there is one chunk.
 */
export function planChunks(
  durationMs: number,
  silences: readonly { startMs: number; endMs: number }[],
): Chunk[] {
  const count = Math.max(1, Math.round(durationMs / CHUNK_MS))
  const cuts: number[] = []
  for (let index = 1; index < count; index += 1) {
    const wishedMs = (durationMs * index) / count
    const near = silences.filter(
      ({ startMs, endMs }) =>
        startMs > (cuts.at(-1) ?? 0) &&
        endMs < durationMs &&
        Math.abs((startMs + endMs) / 2 - wishedMs) < SEARCH_MS,
    )
    const longest = near.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs))[0]
    if (longest) cuts.push(Math.round((longest.startMs + longest.endMs) / 2))
  }
  const starts = [0, ...cuts]
  return starts.map((startMs, index) => ({ startMs, endMs: starts[index + 1] ?? durationMs }))
}
