/** The limits for an accepted recording and for one child process. */
export const mediaLimits = {
  maxSizeBytes: 5 * 1024 ** 3,
  minDurationMs: 1000,
  maxDurationMs: 6 * 3600 * 1000,
  childAddressSpaceBytes: 2 * 1024 ** 3,
  childCpuSeconds: 1800,
  childFileBytes: 1024 ** 3,
} as const

/**
 * How long one child process may take. The limit is high, because children run at low priority (nice 10) and wait on
 * a busy machine. The CPU limit restricts the cost of a hostile file; this limit only ends a child that hangs.
 */
export function childTimeoutMs(durationMs: number): number {
  return 300_000 + durationMs
}
