import { expect, test } from 'vitest'
import { snapToMark } from './snap-to-mark.ts'

test('a press near a mark selects the mark, and between two marks the nearer one', () => {
  expect(snapToMark(10_400, [4000, 10_000, 11_000], 1000)).toBe(10_000)
  expect(snapToMark(10_600, [4000, 10_000, 11_000], 1000)).toBe(11_000)
})

test('a press far from every mark selects its own position', () => {
  expect(snapToMark(7000, [4000, 10_000], 1000)).toBe(7000)
  expect(snapToMark(7000, [], 1000)).toBe(7000)
})
