type Times = { startMs: number; endMs: number }

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
/** Captions that run a little past the end still belong to this recording. */
const TOLERANCE_MS = 2000
/** No recording of a sermon begins with such a long silence. */
const LATE_MS = 10 * MINUTE_MS

/**
 * Proposes by how many ms to move times earlier that begin at an offset (1:00:00, or captions of the whole service);
 * null if no shift makes them fit. Without a duration, a shift is proposed for times that begin very late.
 */
export function proposeShift(times: readonly Times[], durationMs?: number): number | null {
  if (times.length === 0) return null
  const firstMs = times.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY)
  const lastMs = times.reduce((most, { startMs, endMs }) => Math.max(most, startMs, endMs), 0)
  if (durationMs === undefined) return firstMs >= LATE_MS ? roundDown(firstMs) : null
  if (firstMs === 0 || lastMs <= durationMs) return null
  // A round offset keeps the silence before the first words, as long as everything fits.
  const candidates = [firstMs - (firstMs % HOUR_MS), firstMs - (firstMs % MINUTE_MS), firstMs]
  return candidates.find((shift) => shift > 0 && lastMs - shift <= durationMs + TOLERANCE_MS) ?? null
}

function roundDown(firstMs: number): number {
  const hour = firstMs - (firstMs % HOUR_MS)
  return hour > 0 && firstMs - hour < LATE_MS ? hour : firstMs - (firstMs % MINUTE_MS)
}
