/** A start time within a recording of this length: at most its end. Null where the length is not known. */
export function limitStart(startMs: number | null, durationMs: number | null): number | null {
  return startMs === null || durationMs === null ? null : Math.min(startMs, durationMs)
}
