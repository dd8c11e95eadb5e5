import type { MessageKey } from '#lib/messages/languages.ts'
import type { Track } from './track.ts'

/** The name of the message that explains a failure. */
export type PlayerFailure = Extract<MessageKey<'player'>, `failed${string}`>

export type PlayerStatus = 'empty' | 'loading' | 'playing' | 'paused' | 'ended' | 'failed'

export type PlayerState = {
  track: Track | null
  status: PlayerStatus
  /** Should play, but waits for data. */
  isStalled: boolean
  positionMs: number
  durationMs: number
  bufferedMs: number
  /** The target of a seek until the element confirms it, else null. */
  seekingToMs: number | null
  rate: number
  /** 0 to 1. */
  volume: number
  isMuted: boolean
  /** How far the skip buttons go. */
  skipMs: number
  error: PlayerFailure | null
}

export const initialPlayerState: PlayerState = {
  track: null,
  status: 'empty',
  isStalled: false,
  positionMs: 0,
  durationMs: 0,
  bufferedMs: 0,
  seekingToMs: null,
  rate: 1,
  volume: 1,
  isMuted: false,
  skipMs: 15_000,
  error: null,
}

/** What happened. From `playing` on these are reports of the audio element: the state follows what it does. */
export type PlayerEvent =
  | { type: 'track-chosen'; track: Track; atMs: number }
  | { type: 'closed' }
  | { type: 'load-started' }
  /** The stream broke while it should play, and is attached again. */
  | { type: 'recovering' }
  | { type: 'seek-requested'; toMs: number }
  /** More is known of the recording that was chosen. */
  | { type: 'described'; track: Track }
  | { type: 'playing' }
  | { type: 'paused' }
  | { type: 'ended' }
  | { type: 'stalled' }
  | { type: 'seeked'; positionMs: number }
  | { type: 'time'; positionMs: number }
  | { type: 'duration'; durationMs: number }
  | { type: 'buffered'; bufferedMs: number }
  | { type: 'rate'; rate: number }
  | { type: 'volume'; volume: number; isMuted: boolean }
  | { type: 'skip-chosen'; skipMs: number }
  | { type: 'failed'; message: PlayerFailure }

/** The next state; returns the same object when nothing changed. */
export function reducePlayer(state: PlayerState, event: PlayerEvent): PlayerState {
  switch (event.type) {
    case 'track-chosen':
      return {
        ...state,
        track: event.track,
        status: 'paused',
        isStalled: false,
        positionMs: event.atMs,
        durationMs: event.track.durationMs,
        bufferedMs: 0,
        seekingToMs: null,
        error: null,
      }
    case 'closed':
      return {
        ...initialPlayerState,
        rate: state.rate,
        volume: state.volume,
        isMuted: state.isMuted,
        skipMs: state.skipMs,
      }
    case 'load-started':
      return { ...state, status: 'loading', error: null }
    case 'recovering':
      return { ...state, status: 'loading', isStalled: true, seekingToMs: null, error: null }
    case 'seek-requested':
      return {
        ...state,
        // After a jump the end is behind the listener no more, and play goes on from there.
        status: state.status === 'ended' ? 'paused' : state.status,
        seekingToMs: event.toMs,
        positionMs: event.toMs,
      }
    case 'described':
      return { ...state, track: event.track }
    case 'playing':
      return { ...state, status: 'playing', isStalled: false, error: null }
    case 'paused':
      return state.status === 'ended' || state.status === 'failed'
        ? state
        : { ...state, status: 'paused', isStalled: false }
    case 'ended':
      return { ...state, status: 'ended', isStalled: false, positionMs: state.durationMs }
    case 'stalled':
      return state.status === 'playing' ? { ...state, isStalled: true } : state
    case 'seeked':
      return { ...state, seekingToMs: null, positionMs: event.positionMs }
    case 'time':
      return state.seekingToMs === null && state.positionMs !== event.positionMs
        ? { ...state, positionMs: event.positionMs }
        : state
    case 'duration':
      return Number.isFinite(event.durationMs) && event.durationMs > 0
        ? { ...state, durationMs: event.durationMs }
        : state
    case 'buffered':
      return state.bufferedMs === event.bufferedMs ? state : { ...state, bufferedMs: event.bufferedMs }
    case 'rate':
      return { ...state, rate: event.rate }
    case 'volume':
      return { ...state, volume: event.volume, isMuted: event.isMuted }
    case 'skip-chosen':
      return { ...state, skipMs: event.skipMs }
    case 'failed':
      return { ...state, status: 'failed', isStalled: false, seekingToMs: null, error: event.message }
  }
}

/** The player's state: read, subscribe, commit. Independent of React and of the audio element. */
export interface PlayerStore {
  read(): PlayerState
  subscribe(listener: () => void): () => void
  commit(event: PlayerEvent): void
}

export function createPlayerStore(): PlayerStore {
  let state = initialPlayerState
  const listeners = new Set<() => void>()
  return {
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    commit: (event) => {
      const next = reducePlayer(state, event)
      if (next === state) return
      state = next
      for (const listener of listeners) listener()
    },
  }
}
