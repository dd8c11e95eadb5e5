import type { StreamFailure } from './attached-stream.ts'
import type { PlayerFailure } from './player-store.ts'

const FIRST_RECOVERY_MS = 500
const LONGEST_RECOVERY_MS = 5000
/** A server that is overloaded is asked again for this long before the listener is told. */
const PATIENCE_MS = 180_000

export const failureMessages: Record<StreamFailure, PlayerFailure> = {
  network: 'failedNetwork',
  busy: 'failedBusy',
  gone: 'failedGone',
  media: 'failedMedia',
  unsupported: 'failedUnsupported',
}

/** Failures in a row, without playback between them. */
export type Failures = { count: number; sinceMs: number }

/**
 * Whether the stream is attached again after a failure. A recording that has played is requested until it arrives or the
 * listener pauses. One that has not played yet is requested again once, or for a few minutes from a server that answers
 * that it is overloaded.
 */
export function isWorthRetrying(
  failure: StreamFailure,
  { hasPlayed, failures, nowMs }: { hasPlayed: boolean; failures: Failures; nowMs: number },
): boolean {
  if (failure !== 'network' && failure !== 'busy') return false
  if (hasPlayed || failures.count === 1) return true
  return failure === 'busy' && nowMs - failures.sinceMs < PATIENCE_MS
}

export const recoveryDelayMs = ({ count }: Failures) =>
  Math.min(LONGEST_RECOVERY_MS, FIRST_RECOVERY_MS * 2 ** (count - 1))
