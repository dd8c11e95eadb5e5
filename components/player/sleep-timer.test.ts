import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
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
  store.commit({ type: 'time', positionMs: 595_000 })
  vi.advanceTimersByTime(500)
  expect(volume).toBeCloseTo(0.4)
  store.commit({ type: 'ended' })
  expect(timer.stopsAtEnd()).toBe(true)
  vi.advanceTimersByTime(1000)
  expect(timer.read()).toBeNull()
  expect(volume).toBeCloseTo(0.8)
})

it('lets the next sermon of the queue follow while minutes are left', () => {
  timer.set(15)
  expect(timer.stopsAtEnd()).toBe(false)
})

it('does nothing any more once it is turned off', () => {
  timer.set(15)
  timer.set(null)
  vi.advanceTimersByTime(60 * 60_000)
  expect(isPaused).toBe(false)
})

describe('at the end of the chapter', () => {
  const chapters = [
    { title: 'Reading', startMs: 0 },
    { title: 'Grace', startMs: 60_000 },
    { title: 'Peace', startMs: 300_000 },
  ]
  const playTo = (positionMs: number) => {
    store.commit({ type: 'time', positionMs })
    vi.advanceTimersByTime(500)
  }
  const seek = (toMs: number) => {
    store.commit({ type: 'seek-requested', toMs })
    store.commit({ type: 'seeked', positionMs: toMs })
    vi.advanceTimersByTime(500)
  }

  beforeEach(() => {
    store.commit({ type: 'track-chosen', track: { ...track, chapters }, atMs: 0 })
    store.commit({ type: 'playing' })
    timer.set('chapter')
  })

  it('stops where the next chapter begins, quieter before it, and the volume is as before', () => {
    playTo(49_000)
    expect(volume).toBe(0.8)
    playTo(55_000)
    expect(volume).toBeCloseTo(0.4)
    expect(isPaused).toBe(false)
    store.commit({ type: 'time', positionMs: 60_010 })
    expect(isPaused).toBe(true)
    expect(timer.read()).toBeNull()
    expect(volume).toBeCloseTo(0.8)
  })

  it('begins to fade ten seconds of the listener before it, at every speed', () => {
    store.commit({ type: 'rate', rate: 2 })
    playTo(39_000)
    expect(volume).toBe(0.8)
    playTo(50_000)
    expect(volume).toBeCloseTo(0.4)
    store.commit({ type: 'rate', rate: 0.5 })
    playTo(54_000)
    expect(volume).toBe(0.8)
    playTo(57_500)
    expect(volume).toBeCloseTo(0.4)
  })

  it('moves with a jump into another chapter, forward and back', () => {
    playTo(55_000)
    seek(120_000)
    expect(volume).toBeCloseTo(0.8)
    playTo(299_000)
    seek(20_000)
    playTo(59_000)
    expect(isPaused).toBe(false)
    playTo(60_000)
    expect(isPaused).toBe(true)
  })

  it('is reached by a skip of the pause in which it lies, and by no other skip', () => {
    expect(timer.stopBefore(59_000)).toBe(false)
    expect(isPaused).toBe(false)
    expect(timer.stopBefore(61_000)).toBe(true)
    expect(isPaused).toBe(true)
    expect(timer.read()).toBeNull()
    expect(timer.stopBefore(61_000)).toBe(false)
  })

  it('is that of chapters that arrive while the sermon plays', () => {
    const other = { ...track, id: '2' }
    store.commit({ type: 'track-chosen', track: other, atMs: 0 })
    store.commit({ type: 'playing' })
    playTo(10_000)
    store.commit({ type: 'described', track: { ...other, chapters } })
    playTo(59_000)
    expect(isPaused).toBe(false)
    playTo(60_000)
    expect(isPaused).toBe(true)
  })

  it('is the end of the sermon in the last chapter', () => {
    seek(310_000)
    playTo(595_000)
    expect(volume).toBeCloseTo(0.4)
    expect(timer.stopsAtEnd()).toBe(true)
    store.commit({ type: 'ended' })
    expect(timer.stopsAtEnd()).toBe(true)
    vi.advanceTimersByTime(500)
    expect(timer.read()).toBeNull()
    expect(volume).toBeCloseTo(0.8)
  })

  it('is that of another sermon when the listener chooses one', () => {
    const other = { ...track, id: '2', chapters: [{ title: 'All', startMs: 0 }] }
    store.commit({ type: 'track-chosen', track: other, atMs: 0 })
    store.commit({ type: 'playing' })
    playTo(100_000)
    expect(isPaused).toBe(false)
    expect(timer.stopsAtEnd()).toBe(true)
  })
})

it('reports that it stopped playback, but not when the listener had paused before', () => {
  const stopped: unknown[] = []
  timer.onStop((choice) => stopped.push(choice))
  timer.set(15)
  vi.advanceTimersByTime(16 * 60_000)
  expect(stopped).toEqual([15])
  store.commit({ type: 'paused' })
  timer.set(15)
  vi.advanceTimersByTime(16 * 60_000)
  expect(timer.read()).toBeNull()
  expect(stopped).toEqual([15])
})
