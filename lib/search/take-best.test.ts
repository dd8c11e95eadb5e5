import { expect, test } from 'vitest'
import { takeBest } from './take-best.ts'

test('takes the highest values above the least one, the earlier of equal ones', () => {
  const values = Float32Array.from([3, 9, 1, 9, 4, 4, 4, -1, 100])
  const best = (count: number) => takeBest(values, { size: 8, count, least: 0 }).sort((a, b) => a - b)
  expect(best(1)).toEqual([1])
  expect(best(3)).toEqual([1, 3, 4])
  expect(best(4)).toEqual([1, 3, 4, 5])
  expect(best(20)).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('agrees with sorting', () => {
  const values = Float32Array.from({ length: 2000 }, (_, place) => Math.imul(place + 1, 2654435761) % 997)
  const sorted = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
  const best = takeBest(values, { size: 2000, count: 150, least: -Infinity })
  expect(best.sort((a, b) => a - b)).toEqual(sorted.slice(0, 150).sort((a, b) => a - b))
})
