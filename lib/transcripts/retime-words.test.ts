import { expect, test } from 'vitest'
import type { StoredWord } from '#lib/db/schema.ts'
import { retimeWords } from './retime-words.ts'

const words = (...texts: string[]) => texts.map((text): StoredWord => [text, 0, 0])
const times = [
  [1000, 1400],
  [2000, 2400],
  [3000, 3400],
  [4000, 4400],
] as const

test('words that were not changed have the times that were found', () => {
  expect(retimeWords(words('a', 'b', 'c', 'd'), [0, 1, 2, 3], times)).toEqual([
    ['a', 1000, 1400],
    ['b', 2000, 2400],
    ['c', 3000, 3400],
    ['d', 4000, 4400],
  ])
})

test('words in the place of others share their time, and all others keep theirs', () => {
  expect(retimeWords(words('a', 'x', 'y', 'd'), [0, 4, 5, 3], times)).toEqual([
    ['a', 1000, 1400],
    ['x', 2000, 2700],
    ['y', 2700, 3400],
    ['d', 4000, 4400],
  ])
  expect(retimeWords(words('x', 'b', 'c', 'y'), [4, 1, 2, 5], times)).toEqual([
    ['x', 1000, 1400],
    ['b', 2000, 2400],
    ['c', 3000, 3400],
    ['y', 4000, 4400],
  ])
})

test('words that were added take the time between their neighbours; removed ones leave a gap', () => {
  expect(retimeWords(words('a', 'x', 'b', 'd'), [0, 9, 1, 3], times)).toEqual([
    ['a', 1000, 1400],
    ['x', 1400, 2000],
    ['b', 2000, 2400],
    ['d', 4000, 4400],
  ])
  const [, , , , added] = retimeWords(words('a', 'b', 'c', 'd', 'x'), [0, 1, 2, 3, 9], times)
  expect(added).toEqual(['x', 4400, 4400])
})

test('of a text that was replaced completely every word is in the time of the old one', () => {
  const placed = retimeWords(words('p', 'q'), [10, 11], times)
  expect(placed).toEqual([
    ['p', 1000, 2700],
    ['q', 2700, 4400],
  ])
})
