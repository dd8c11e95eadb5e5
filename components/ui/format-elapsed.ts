/** A length of work for tables: `85 ms`, `3.2 s`, `1 min 05 s`, `2 h 10 min`. */
export function formatElapsed(milliseconds: number): string {
  const ms = Math.max(0, Math.round(milliseconds))
  if (ms < 1000) return `${ms} ms`
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`
  const seconds = Math.floor(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
  const minutes = Math.floor(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** From start to end, or to `nowMs` while it runs; null before it has started. */
export function elapsedMs(
  run: { startedAt: string | null; finishedAt: string | null },
  nowMs: number,
): number | null {
  if (!run.startedAt) return null
  return (run.finishedAt ? Date.parse(run.finishedAt) : nowMs) - Date.parse(run.startedAt)
}
