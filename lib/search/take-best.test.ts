import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScoreBuffers } from './score-buffers.ts'
import { joinPlaces, takeBest } from './take-best.ts'

/** The places of the best of `values` in order. What lies after them in the buffer must not count. */
function bestOf(values: ArrayLike<number>, wanted: { count: number; least: number }): number[] {
  const buffers = createScoreBuffers(values.length)
  buffers.words.fill(1e30)
  buffers.words.set(values)
  return [...takeBest(buffers, buffers.words, { size: values.length, ...wanted })]
}

test('takes the highest values above the least one, the earlier of equal ones', () => {
  const best = (count: number) => bestOf([3, 9, 1, 9, 4, 4, 4, -1], { count, least: 0 })
  expect(best(1)).toEqual([1])
  expect(best(3)).toEqual([1, 3, 4])
  expect(best(4)).toEqual([1, 3, 4, 5])
  expect(best(20)).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('agrees with sorting, whatever the values are', () => {
  const floats = fc.float({ noNaN: true, noDefaultInfinity: true })
  const few = fc.constantFrom(-3, -0, 0, 1.5, Number.NEGATIVE_INFINITY)
  const values = fc.float32Array({ maxLength: 40, noNaN: true })
  fc.assert(
    fc.property(
      fc.oneof(
        values,
        // Repeated, so that a sample finds too many or too few of them.
        fc
          .tuple(
            fc.array(fc.oneof(floats, few), { minLength: 1, maxLength: 30 }),
            fc.integer({ min: 1, max: 90 }),
          )
          .map(([own, times]) =>
            Float32Array.from({ length: own.length * times }, (_, at) => own[at % own.length] ?? 0),
          ),
      ),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(Number.NEGATIVE_INFINITY, 0, 1),
      (given, count, least) => {
        const sorted = [...given.keys()]
          .filter((place) => (given[place] ?? 0) > least)
          .sort((a, b) => (given[b] ?? 0) - (given[a] ?? 0) || a - b)
        expect(bestOf(given, { count, least })).toEqual(sorted.slice(0, count).sort((a, b) => a - b))
      },
    ),
  )
})

test('agrees with sorting among many different values', () => {
  const values = Float32Array.from(
    { length: 20_000 },
    (_, place) => (Math.imul(place + 1, 2654435761) % 997) / 7,
  )
  const sorted = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b)
  const best = bestOf(values, { count: 150, least: -Infinity })
  expect(best).toEqual(sorted.slice(0, 150).sort((a, b) => a - b))
})

test('joins places in order, each of them once', () => {
  const places = fc.uniqueArray(fc.nat(30)).map((own) => Uint32Array.from(own).sort())
  fc.assert(
    fc.property(places, places, (one, other) => {
      const expected = [...new Set([...one, ...other])].sort((a, b) => a - b)
      expect([...joinPlaces(one, other)]).toEqual(expected)
    }),
  )
})
