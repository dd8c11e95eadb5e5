import { expect, test } from 'vitest'
import { PlaybackClock } from './playback-clock.ts'

test('sound begins with the first part, and nothing stalls while parts arrive in time', () => {
  const clock = new PlaybackClock(1000)
  expect(clock.startMs).toBeNull()
  clock.arrive(6000, 1300)
  expect(clock.startMs).toBe(300)
  expect(clock.aheadMs(2300)).toBe(5000)
  clock.arrive(6000, 7300)
  clock.finish(13_000)
  expect(clock.stallsMs).toEqual([])
})

test('a part that arrives late is a stall of that length, and playback goes on from there', () => {
  const clock = new PlaybackClock(0)
  clock.arrive(6000, 100)
  clock.arrive(6000, 6500)
  expect(clock.stallsMs).toEqual([400])
  expect(clock.aheadMs(7500)).toBe(5000)
})

test('a stall that lasts until the listener stops counts', () => {
  const clock = new PlaybackClock(0)
  clock.arrive(6000, 0)
  clock.finish(8000)
  expect(clock.stallsMs).toEqual([2000])
})
