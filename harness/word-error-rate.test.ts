import { describe, expect, it } from 'vitest'
import { normaliseWords, wordErrorRate } from '#harness/word-error-rate.ts'

describe('wordErrorRate', () => {
  it.each([
    ['the same words', 'Grace to you.', 'grace to YOU', 0],
    ['one of four replaced', 'grace to you all', 'grass to you all', 0.25],
    ['one of four missing', 'grace to you all', 'grace to you', 0.25],
    ['one too many', 'grace to you all', 'grace be to you all', 0.25],
    ['nothing recognised', 'grace to you all', '', 1],
    ['nothing said, nothing recognised', '', '', 0],
    ['nothing said, something recognised', '', 'grace', 1],
    ['more words recognised than said', 'grace', 'a b c', 3],
  ])('%s', (_name, reference, hypothesis, rate) => {
    expect(wordErrorRate(reference, hypothesis)).toBe(rate)
  })
})

describe('normaliseWords', () => {
  it('keeps apostrophes inside words and drops all other punctuation and case', () => {
    expect(normaliseWords('“The Lord’s—prayer,” he said; ‘Amen’')).toEqual([
      'the',
      "lord's",
      'prayer',
      'he',
      'said',
      'amen',
    ])
  })
})
