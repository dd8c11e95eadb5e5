import { expect, test } from 'vitest'
import { elapsedMs, formatElapsed } from './format-elapsed.ts'

test.each([
  [85, '85 ms'],
  [3260, '3.2 s'],
  [59_999, '59.9 s'],
  [65_000, '1 min 05 s'],
  [7_805_000, '2 h 10 min'],
  [-4, '0 ms'],
])('%d ms reads %s', (ms, text) => expect(formatElapsed(ms)).toBe(text))

test('a running run is measured until now, one that has not started not at all', () => {
  const startedAt = '2026-11-22T10:00:00.000Z'
  const now = Date.parse('2026-11-22T10:00:05.000Z')
  expect(elapsedMs({ startedAt, finishedAt: null }, now)).toBe(5000)
  expect(elapsedMs({ startedAt, finishedAt: '2026-11-22T10:00:02.000Z' }, now)).toBe(2000)
  expect(elapsedMs({ startedAt: null, finishedAt: null }, now)).toBeNull()
})
