import { describe, expect, it, vi } from 'vitest'
import { createPlayerStore, initialPlayerState, type PlayerEvent, reducePlayer } from './player-store.ts'
import type { Track } from './track.ts'

const track: Track = {
  id: 'one',
  title: 'The Still Small Voice',
  artist: null,
  album: null,
  reference: '1 Kings 19',
  pageHref: '/sermons/the-still-small-voice',
  hlsUrl: '/hls/master.m3u8',
  captionsUrl: '/transcript.vtt',
  durationMs: 60_000,
  peaks: [],
}

const stateAfter = (...events: PlayerEvent[]) => events.reduce(reducePlayer, initialPlayerState)
const chosen: PlayerEvent = { type: 'track-chosen', track, atMs: 5000 }

describe('the player’s state', () => {
  it('starts a chosen recording at its place, paused until the element plays', () => {
    expect(stateAfter(chosen)).toMatchObject({ status: 'paused', positionMs: 5000, durationMs: 60_000 })
    expect(stateAfter(chosen, { type: 'load-started' }).status).toBe('loading')
    expect(stateAfter(chosen, { type: 'load-started' }, { type: 'playing' }).status).toBe('playing')
  })

  it('shows the target of a seek and ignores the old position until the element confirms it', () => {
    const seeking = stateAfter(chosen, { type: 'playing' }, { type: 'seek-requested', toMs: 30_000 })
    expect(seeking.positionMs).toBe(30_000)
    const stale = reducePlayer(seeking, { type: 'time', positionMs: 5100 })
    expect(stale.positionMs).toBe(30_000)
    const settled = reducePlayer(stale, { type: 'seeked', positionMs: 30_010 })
    expect(reducePlayer(settled, { type: 'time', positionMs: 30_200 }).positionMs).toBe(30_200)
  })

  it('keeps "ended" and "failed" through the pause that the element reports after them', () => {
    expect(stateAfter(chosen, { type: 'playing' }, { type: 'ended' }, { type: 'paused' }).status).toBe(
      'ended',
    )
    const failed = stateAfter(chosen, { type: 'failed', message: 'failedNetwork' }, { type: 'paused' })
    expect(failed).toMatchObject({ status: 'failed', error: 'failedNetwork' })
  })

  it('is stalled only while it should play, until sound is heard', () => {
    expect(stateAfter(chosen, { type: 'stalled' }).isStalled).toBe(false)
    expect(stateAfter(chosen, { type: 'playing' }, { type: 'stalled' }).isStalled).toBe(true)
    expect(stateAfter(chosen, { type: 'playing' }, { type: 'stalled' }, { type: 'playing' }).isStalled).toBe(
      false,
    )
  })

  it('keeps speed and volume from one recording to the next', () => {
    const state = stateAfter(
      { type: 'rate', rate: 1.5 },
      { type: 'volume', volume: 0.4, isMuted: true },
      chosen,
      {
        type: 'closed',
      },
    )
    expect(state).toMatchObject({ track: null, status: 'empty', rate: 1.5, volume: 0.4, isMuted: true })
  })

  it('keeps the known length when the element reports none', () => {
    expect(stateAfter(chosen, { type: 'duration', durationMs: Number.NaN }).durationMs).toBe(60_000)
    expect(stateAfter(chosen, { type: 'duration', durationMs: 61_000 }).durationMs).toBe(61_000)
  })
})

describe('the store', () => {
  it('notifies its listeners only of changes', () => {
    const store = createPlayerStore()
    const listener = vi.fn()
    const stop = store.subscribe(listener)
    store.commit(chosen)
    store.commit({ type: 'time', positionMs: 5000 })
    expect(listener).toHaveBeenCalledTimes(1)
    stop()
    store.commit({ type: 'closed' })
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
