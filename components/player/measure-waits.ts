import type { PlayerState } from './player-store.ts'

export type Wait = {
  sermonId: string
  kind: 'start' | 'stall'
  /** Why sound stopped; absent for a start. */
  cause?: StallCause
  waitedMs: number
}
export type StallCause = 'offline' | 'server' | 'seek' | 'slow'

/** A gap that nobody notices. */
const NOTICED_AFTER_MS = 250
/** The causes of one stall that say more come first. */
const causes: readonly StallCause[] = ['offline', 'server', 'seek', 'slow']

type Observed = Pick<PlayerState, 'status' | 'isStalled' | 'seekingToMs'> & { track: { id: string } | null }

/**
 * Measures how long a listener waits for sound: from the press of play, and in each stall. Returns a function to call
 * with every state of the player and the time; it calls `onWait` when sound is back, or the player gave up.
 */
export function measureWaits(
  onWait: (wait: Wait) => void,
): (state: Observed, nowMs: number, isOnline: boolean) => void {
  let trackId = ''
  let startedAtMs: number | null = null
  let stall: { sinceMs: number; cause: StallCause } | null = null
  let hasSound = false

  const end = (kind: Wait['kind'], sinceMs: number, nowMs: number, cause?: StallCause) => {
    const [sermonId = ''] = trackId.split('.')
    onWait({ sermonId, kind, waitedMs: nowMs - sinceMs, ...(cause === undefined ? {} : { cause }) })
  }

  return ({ track, status, isStalled, seekingToMs }, nowMs, isOnline) => {
    if ((track?.id ?? '') !== trackId) {
      trackId = track?.id ?? ''
      startedAtMs = null
      stall = null
      hasSound = false
    }
    if (trackId === '') return
    const isWaiting = status === 'loading' || isStalled
    if (isWaiting && !hasSound) startedAtMs ??= nowMs
    if (isWaiting && hasSound) {
      const cause = !isOnline
        ? 'offline'
        : status === 'loading'
          ? 'server'
          : seekingToMs !== null
            ? 'seek'
            : 'slow'
      const known = stall?.cause ?? cause
      stall = {
        sinceMs: stall?.sinceMs ?? nowMs,
        cause: causes.indexOf(cause) < causes.indexOf(known) ? cause : known,
      }
      return
    }
    if (isWaiting) return
    if (status === 'playing') {
      if (startedAtMs !== null) end('start', startedAtMs, nowMs)
      hasSound = true
    }
    // A stall that ends in silence counts when the player gave up, not when the listener did.
    if (stall && (status === 'playing' || status === 'failed') && nowMs - stall.sinceMs >= NOTICED_AFTER_MS)
      end('stall', stall.sinceMs, nowMs, stall.cause)
    startedAtMs = null
    stall = null
    if (status !== 'playing' && status !== 'paused') hasSound = false
  }
}
