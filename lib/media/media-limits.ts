/** The limits for an accepted recording and for one child process. */
export const mediaLimits = {
  maxSizeBytes: 5 * 1024 ** 3,
  minDurationMs: 1000,
  maxDurationMs: 6 * 3600 * 1000,
  childAddressSpaceBytes: 2 * 1024 ** 3,
  /**
   * V8 reserves whatever address space it may: for clips the limit is on the memory mapped for writing. Up to 1.5 GB were
   * mapped for a wide picture where 0.5 GB was used, and a lower limit made some clips fail. Their input is a rendition
   * of our own.
   */
  clipDataBytes: 4 * 1024 ** 3,
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
