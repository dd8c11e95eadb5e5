import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packWords, unpackWords } from './pack-words.ts'

const text = fc.string({ unit: 'grapheme' }).filter((value) => !/\s/u.test(value))
const timeMs = fc.nat({ max: 6 * 3_600_000 })

test('words are the same after they were packed', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, timeMs, timeMs)), (words) => {
      expect(unpackWords(packWords(words))).toEqual(words)
    }),
  )
})
