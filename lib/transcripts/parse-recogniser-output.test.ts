import { describe, expect, it } from 'vitest'
import { parseRecogniserLine } from './parse-recogniser-output.ts'

describe('parseRecogniserLine', () => {
  it('reads a word, its times and its confidence', () => {
    expect(parseRecogniserLine('our(3) 0.680 0.980 0.021857', 60_000)).toEqual({
      text: 'our',
      startMs: 60_680,
      endMs: 60_980,
      confidence: 0.021857,
    })
  })

  it('writes the pronoun “I” with a capital letter', () => {
    expect(parseRecogniserLine('i 1.0 1.2 0.5')?.text).toBe('I')
    expect(parseRecogniserLine("i'm 1.0 1.2 0.5")?.text).toBe("I'm")
    expect(parseRecogniserLine('in 1.0 1.2 0.5')?.text).toBe('in')
  })

  it.each([
    'and then our my ah i',
    '<s> 0.000 0.040 0.998900',
    '</s> 2.420 2.440 1.000000',
    '<sil> 3.830 3.980 0.867867',
    '[NOISE] 3.830 3.980 0.867867',
    '++um++ 3.830 3.980 0.867867',
    '',
    'cut 3.83',
  ])('leaves out “%s”', (line) => {
    expect(parseRecogniserLine(line)).toBeNull()
  })

  it('keeps a posterior within 0 and 1', () => {
    expect(parseRecogniserLine('amen 1.0 1.2 1.000123')?.confidence).toBe(1)
  })
})
