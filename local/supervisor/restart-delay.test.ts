import { expect, test } from 'vitest'
import { countExit, restartDelayMs } from './restart-delay.ts'

test('the first restart is almost immediate, and later ones wait longer, up to ten seconds', () => {
  const delays = Array.from({ length: 20 }, (_, index) => restartDelayMs(index + 1))
  expect(delays[0]).toBe(100)
  expect(delays).toEqual(delays.toSorted((a, b) => a - b))
  expect(delays.at(-1)).toBe(10_000)
})

test('a service that ran for a minute restarts without a delay', () => {
  expect(countExit(5, 59_000)).toBe(6)
  expect(countExit(5, 60_000)).toBe(1)
})
