import { describe, expect, it } from 'vitest'
import { chooseKeySentences } from './choose-key-sentences.ts'

const sentence = (terms: string, vector: [number, number, number]) => ({
  words: 10,
  terms: terms.split(' '),
  meaning: Float32Array.from(vector),
})

describe('chooseKeySentences', () => {
  const onPrayer = sentence('prayer trouble god', [1, 0.1, 0])
  const onFaith = sentence('faith prayer god', [0.6, 0.8, 0])
  const aside = sentence('hymn number two', [0, 0, 1])

  it('chooses the sentences on the main subject, in their order, and leaves out the others', () => {
    expect(chooseKeySentences([aside, onPrayer, onFaith, onPrayer], 2)).toEqual([1, 2])
  })

  it('does not choose the same thought twice while there is another', () => {
    expect(chooseKeySentences([onPrayer, onPrayer, onPrayer, onFaith], 2)).toContain(3)
  })

  it('returns all sentences of a short text', () => {
    expect(chooseKeySentences([{ ...onPrayer, words: 3 }], 4)).toEqual([0])
    expect(chooseKeySentences([], 4)).toEqual([])
  })
})
