/** What we accept as a recording, and what one child process may use. */
export const mediaLimits = {
  maxSizeBytes: 2 * 1024 ** 3,
  minDurationMs: 1000,
  maxDurationMs: 6 * 3600 * 1000,
  childAddressSpaceBytes: 4 * 1024 ** 3,
  childCpuSeconds: 1800,
  childFileBytes: 1024 ** 3,
} as const

/** How long one child may take: a minute to start and read, and half the length of the audio. */
export function childTimeoutMs(durationMs: number): number {
  return 60_000 + durationMs / 2
}
