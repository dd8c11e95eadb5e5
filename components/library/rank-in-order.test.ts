import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rankInOrder } from './rank-in-order.ts'

const nowMs = 1_000_000
const none = () => undefined
const sort = (ranks: Map<string, number>) =>
  [...ranks].toSorted(([, one], [, other]) => one - other).map(([id]) => id)

it('sorts the entries as they are listed, whatever ranks they had', () => {
  const lists = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 8 })
  const known = fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.integer({ min: -5, max: 5 }))
  fc.assert(
    fc.property(lists, known, (ids, ranks) => {
      const result = rankInOrder(ids, (id) => ranks[id], nowMs)
      expect(sort(result)).toEqual(ids)
      expect(new Set(result.values()).size).toBe(ids.length)
    }),
  )
})

it('changes the rank of what moved only', () => {
  const ranks = rankInOrder(['a', 'b', 'c', 'd'], none, nowMs)
  const moved = rankInOrder(['d', 'a', 'b', 'c'], (id) => ranks.get(id), nowMs + 1)
  expect(['a', 'b', 'c'].map((id) => moved.get(id))).toEqual(['a', 'b', 'c'].map((id) => ranks.get(id)))
  expect(moved.get('d')).toBeLessThan(ranks.get('a') ?? 0)
})

it('sorts what two devices put first by time', () => {
  const known = rankInOrder(['old'], none, nowMs)
  const earlier = rankInOrder(['one', 'old'], (id) => known.get(id), nowMs + 10)
  const later = rankInOrder(['two', 'old'], (id) => known.get(id), nowMs + 20)
  expect(later.get('two')).toBeLessThan(earlier.get('one') ?? 0)
})

it('finds room between two entries again and again', () => {
  let ids = ['a', 'z']
  let ranks = rankInOrder(ids, none, nowMs)
  for (let count = 0; count < 200; count += 1) {
    ids = ['a', `n${count}`, ...ids.slice(1)]
    const before = ranks
    ranks = rankInOrder(ids, (id) => before.get(id), nowMs)
    expect(sort(ranks)).toEqual(ids)
  }
})
