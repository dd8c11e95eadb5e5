const delaysMs = [100, 500, 1_000, 2_000, 5_000, 10_000]
/** After this long without a fault, an exit counts as the first again. */
const steadyAfterMs = 60_000

/** Counts an exit in: how many there were in a row, the last after `upMs` of service. */
export function countExit(exitsInARow: number, upMs: number): number {
  return upMs >= steadyAfterMs ? 1 : exitsInARow + 1
}

/** How long to wait before starting a service again: almost nothing at first, never more than 10 s. */
export function restartDelayMs(exitsInARow: number): number {
  return delaysMs[Math.min(Math.max(exitsInARow, 1), delaysMs.length) - 1] ?? 10_000
}
