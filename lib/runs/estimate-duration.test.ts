import { expect, test } from 'vitest'
import { rangeFromHistory } from './estimate-duration.ts'

test('a range is the middle half of earlier durations, scaled to the recording', () => {
  const history = [
    [10, 100],
    [20, 100],
    [30, 100],
    [40, 100],
    [500, 100],
  ] as const
  expect(rangeFromHistory(history, 1000)).toEqual({ lowMs: 200, highMs: 400 })
})

test('too few earlier runs give no range', () => {
  expect(rangeFromHistory([[10, 100]], 1000)).toBeNull()
  expect(
    rangeFromHistory(
      [
        [10, 0],
        [10, 0],
        [10, 0],
      ],
      1000,
    ),
  ).toBeNull()
})
