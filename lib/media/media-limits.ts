/** What we accept as a recording, and what one child process may use. */
export const mediaLimits = {
  maxSizeBytes: 2 * 1024 ** 3,
  minDurationMs: 1000,
  maxDurationMs: 6 * 3600 * 1000,
  childAddressSpaceBytes: 2 * 1024 ** 3,
  childCpuSeconds: 1800,
  childFileBytes: 1024 ** 3,
} as const

/**
 * How long one child may take. Generous, because children are polite (nice 10) and a busy machine lets them wait:
 * what a hostile file can burn is bounded by the CPU limit. This only ends what hangs.
 */
export function childTimeoutMs(durationMs: number): number {
  return 300_000 + durationMs
}
