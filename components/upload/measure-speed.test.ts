import { expect, test } from 'vitest'
import { createSpeedMeter } from './measure-speed.ts'

test('speed is measured over the last seconds, not over the whole upload', () => {
  const meter = createSpeedMeter()
  meter.add(0, 0)
  expect(meter.bytesPerSecond()).toBeNull()
  meter.add(1000, 1_000_000)
  expect(meter.bytesPerSecond()).toBe(1_000_000)
  for (let s = 2; s <= 20; s++) meter.add(s * 1000, 1_000_000 + (s - 1) * 100_000)
  expect(meter.bytesPerSecond()).toBe(100_000)
})
