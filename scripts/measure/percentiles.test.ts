import { expect, it } from 'vitest'
import { median, spread } from './percentiles.ts'

it('finds the 50th and 95th percentiles in any order', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index)
  expect(spread(values)).toEqual({ p50: 50, p95: 95 })
  expect(spread([3])).toEqual({ p50: 3, p95: 3 })
})

it('finds the median in any order', () => {
  expect(median([9, 1, 5])).toBe(5)
})
