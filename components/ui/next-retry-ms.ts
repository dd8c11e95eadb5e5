const SHORTEST_MS = 2000
const LONGEST_MS = 60_000
/** A failure that lies further back belongs to another trouble. */
const FORGET_AFTER_MS = 5 * 60_000

/**
 * How long to wait before what failed now is tried again, twice as long with every failure of late;
 * `remembered` are the failures to give the next time.
 */
export function nextRetryMs(
  failures: readonly number[],
  nowMs: number,
): { waitMs: number; remembered: readonly number[] } {
  const lately = failures.filter((atMs) => nowMs - atMs < FORGET_AFTER_MS)
  return {
    waitMs: Math.min(LONGEST_MS, SHORTEST_MS * 2 ** lately.length),
    remembered: [...lately, nowMs],
  }
}
