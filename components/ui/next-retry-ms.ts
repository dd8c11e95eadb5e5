const SHORTEST_MS = 2000
const LONGEST_MS = 60_000
/** Older failures are not counted. */
const FORGET_AFTER_MS = 5 * 60_000

/**
 * How long to wait before the next attempt; it doubles with every recent failure. Pass `remembered` as `failures`
 * the next time.
 */
export function nextRetryMs(
  failures: readonly number[],
  nowMs: number,
): { waitMs: number; remembered: readonly number[] } {
  const recent = failures.filter((atMs) => nowMs - atMs < FORGET_AFTER_MS)
  return {
    waitMs: Math.min(LONGEST_MS, SHORTEST_MS * 2 ** recent.length),
    remembered: [...recent, nowMs],
  }
}
