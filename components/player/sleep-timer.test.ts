import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPlayerStore, type PlayerStore } from './player-store.ts'
import { SleepTimer } from './sleep-timer.ts'
import type { Track } from './track.ts'

const track: Track = {
  ...{ id: '1', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/', hlsUrl: '' },
  ...{ captionsUrl: '', durationMs: 600_000, peaks: [], language: 'en' },
}

let store: PlayerStore
let volume: number
let isPaused: boolean
let timer: SleepTimer

beforeEach(() => {
  vi.useFakeTimers()
  store = createPlayerStore()
  volume = 0.8
  isPaused = false
  store.commit({ type: 'track-chosen', track, atMs: 0 })
  store.commit({ type: 'volume', volume, isMuted: false })
  store.commit({ type: 'playing' })
  timer = new SleepTimer({
    store,
    pause: () => {
      isPaused = true
    },
    preferences: {
      fade: (to) => {
        volume = to
      },
    },
  })
})

afterEach(() => {
  timer.set(null)
  vi.useRealTimers()
})

it('stops after the chosen minutes, quieter at the end, and the volume is as before', () => {
  timer.set(15)
  vi.advanceTimersByTime(15 * 60_000 - 5000)
  expect(timer.read()).toBe(15)
  expect(volume).toBeGreaterThan(0.3)
  expect(volume).toBeLessThan(0.5)
  expect(isPaused).toBe(false)
  vi.advanceTimersByTime(5500)
  expect(isPaused).toBe(true)
  expect(timer.read()).toBeNull()
  expect(volume).toBeCloseTo(0.8)
})

it('stops at the end of the sermon, however long that takes', () => {
  timer.set('end')
  vi.advanceTimersByTime(3 * 60 * 60_000)
  expect(timer.read()).toBe('end')
  store.commit({ type: 'ended' })
  vi.advanceTimersByTime(1000)
  expect(timer.read()).toBeNull()
})

it('does nothing any more once it is turned off', () => {
  timer.set(15)
  timer.set(null)
  vi.advanceTimersByTime(60 * 60_000)
  expect(isPaused).toBe(false)
})
