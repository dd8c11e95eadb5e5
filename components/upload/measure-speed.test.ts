import { expect, test } from 'vitest'
import { createSpeedMeter, formatTimeLeft } from './measure-speed.ts'

test('speed is that of the last seconds, not of the whole upload', () => {
  const meter = createSpeedMeter()
  meter.add(0, 0)
  expect(meter.bytesPerSecond()).toBeNull()
  meter.add(1000, 1_000_000)
  expect(meter.bytesPerSecond()).toBe(1_000_000)
  for (let s = 2; s <= 20; s++) meter.add(s * 1000, 1_000_000 + (s - 1) * 100_000)
  expect(meter.bytesPerSecond()).toBe(100_000)
})

test('the time left is said as a person would', () => {
  expect(formatTimeLeft(4)).toBe('a few seconds left')
  expect(formatTimeLeft(37)).toBe('about 40 s left')
  expect(formatTimeLeft(200)).toBe('about 3 min left')
  expect(formatTimeLeft(4800)).toBe('about 1 h 20 min left')
})
