const delaysMs = [100, 500, 1_000, 2_000, 5_000, 10_000]
/** After running for this long, the next exit counts as the first. */
const steadyAfterMs = 60_000

/** Returns the number of exits in a row, including this one after `upMs` of running. */
export function countExit(exitsInARow: number, upMs: number): number {
  return upMs >= steadyAfterMs ? 1 : exitsInARow + 1
}

/** How long to wait before a restart, in ms: 100 ms at first, at most 10 s. */
export function restartDelayMs(exitsInARow: number): number {
  return delaysMs[Math.min(Math.max(exitsInARow, 1), delaysMs.length) - 1] ?? 10_000
}
