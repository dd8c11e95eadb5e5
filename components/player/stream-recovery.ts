import type { StreamFailure } from './attached-stream.ts'
import type { PlayerFailure } from './player-store.ts'

const FIRST_RECOVERY_MS = 500
const LONGEST_RECOVERY_MS = 5000
/** A server that is overloaded is asked again for this long before the listener is told. */
const PATIENCE_MS = 180_000
/** Audio that could not be decoded twice within this time is not attached again. */
const MEDIA_FAILS_AGAIN_WITHIN_MS = 30_000

export const failureMessages: Record<StreamFailure, PlayerFailure> = {
  network: 'failedNetwork',
  busy: 'failedBusy',
  gone: 'failedGone',
  media: 'failedMedia',
  unsupported: 'failedUnsupported',
}

/**
 * Failures in a row, without playback between them, and when the last audio that could not be decoded was: such audio
 * often plays for a moment.
 */
export type Failures = { count: number; sinceMs: number; mediaFailedAtMs: number | null }
export const noFailures: Failures = { count: 0, sinceMs: 0, mediaFailedAtMs: null }

/** Adds a failure. */
export function countFailure(failures: Failures, failure: StreamFailure, nowMs: number): Failures {
  return {
    count: failures.count + 1,
    sinceMs: failures.count === 0 ? nowMs : failures.sinceMs,
    mediaFailedAtMs: failure === 'media' ? nowMs : failures.mediaFailedAtMs,
  }
}

/**
 * Whether the stream is attached again after a failure, before which there were `failures`. A recording that has played is
 * requested until it arrives or the listener pauses. One that has not played yet is requested again once, or for a few
 * minutes from a server that answers that it is overloaded. Audio that the browser could not decode, or could not give to
 * the device, is attached again once.
 */
export function isWorthRetrying(
  failure: StreamFailure,
  { hasPlayed, failures, nowMs }: { hasPlayed: boolean; failures: Failures; nowMs: number },
): boolean {
  if (failure === 'media')
    return failures.mediaFailedAtMs === null || nowMs - failures.mediaFailedAtMs > MEDIA_FAILS_AGAIN_WITHIN_MS
  if (failure !== 'network' && failure !== 'busy') return false
  if (hasPlayed || failures.count === 0) return true
  return failure === 'busy' && nowMs - failures.sinceMs < PATIENCE_MS
}

export const recoveryDelayMs = ({ count }: Failures) =>
  Math.min(LONGEST_RECOVERY_MS, FIRST_RECOVERY_MS * 2 ** (count - 1))
