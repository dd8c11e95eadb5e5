import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SpeakerTurn, StoredWord, WordRange } from '#lib/db/schema.ts'
import { correctWords } from '#lib/transcripts/correct-words.ts'
import { toWordTable } from '#lib/transcripts/word-table.ts'
import { cutTranscript, findWordsInside, joinTranscript, type TranscriptText } from './cut-transcript.ts'

const WORD_MS = 1000

/** Words of a second each, with a sentence of three words and a paragraph of two sentences. */
function transcriptOf(count: number, columns: Partial<TranscriptText> = {}): TranscriptText {
  const words = Array.from({ length: count }, (_, position): StoredWord => {
    return [`word${position}`, position * WORD_MS, position * WORD_MS + 900]
  })
  return {
    source: 'deepgram',
    language: 'en',
    isDraft: false,
    isApproximate: false,
    isReviewed: false,
    words,
    sentences: words.flatMap((_, position): WordRange[] =>
      position % 3 === 0 ? [[position, Math.min(position + 2, count - 1)]] : [],
    ),
    wordIds: words.map((_, position) => position + 100),
    nextWordId: count + 100,
    confidences: words.map((_, position) => position / count),
    paragraphStarts: words.flatMap((_, position) => (position % 6 === 0 ? [position] : [])),
    speakerTurns: [
      [0, 'Anna'],
      [7, 'Paul'],
    ],
    leftOut: [
      { text: 'Thank you for watching', startMs: 100, endMs: 900 },
      { text: 'Thank you for watching', startMs: 8100, endMs: 8900 },
    ],
    ...columns,
  }
}

const textOf = ({ words }: TranscriptText) => words.map(([text]) => text)

function part(whole: TranscriptText, cut: { startMs: number; endMs: number }): TranscriptText {
  const found = cutTranscript(whole, cut)
  if (!found) throw new Error('there are no words')
  return found
}

describe('the words of a part', () => {
  const whole = transcriptOf(12)
  const cut = { startMs: 4200, endMs: 9300 }

  test('begin at 0 and keep their ids, sentences, paragraphs, speakers and confidence', () => {
    expect(part(whole, cut)).toMatchObject({
      words: [
        ['word4', 0, 700],
        ['word5', 800, 1700],
        ['word6', 1800, 2700],
        ['word7', 2800, 3700],
        ['word8', 3800, 4700],
      ],
      sentences: [
        [0, 1],
        [2, 4],
      ],
      wordIds: [104, 105, 106, 107, 108],
      nextWordId: 112,
      paragraphStarts: [0, 2],
      speakerTurns: [
        [0, 'Anna'],
        [3, 'Paul'],
      ],
      confidences: [4, 5, 6, 7, 8].map((position) => position / 12),
      leftOut: [{ text: 'Thank you for watching', startMs: 3900, endMs: 4700 }],
    })
  })

  test('there are none where nothing is said', () => {
    expect(cutTranscript(transcriptOf(3), { startMs: 5000, endMs: 9000 })).toBeNull()
  })

  test('every word is in exactly one of what is before, inside and after', () => {
    expect(findWordsInside(whole, { startMs: 0, endMs: 20_000 })).toEqual({ from: 0, to: 12 })
    expect(findWordsInside(whole, { startMs: 450, endMs: 1450 })).toEqual({ from: 0, to: 1 })
    expect(findWordsInside(whole, { startMs: 451, endMs: 1451 })).toEqual({ from: 1, to: 2 })
  })
})

describe('the whole recording again', () => {
  const columns = fc.record({
    count: fc.integer({ min: 1, max: 40 }),
    startMs: fc.integer({ min: 0, max: 20_000 }),
    lengthMs: fc.integer({ min: 1000, max: 41_000 }),
    plain: fc.boolean(),
  })

  test('has everything that it had before the cut, whatever was cut', () => {
    fc.assert(
      fc.property(columns, ({ count, startMs, lengthMs, plain }) => {
        const whole = plain
          ? transcriptOf(count, {
              ...{ wordIds: null, nextWordId: null, confidences: null, paragraphStarts: null },
              ...{ speakerTurns: null, leftOut: null },
            })
          : transcriptOf(count, { speakerTurns: count > 7 ? transcriptOf(0).speakerTurns : [[0, 'Anna']] })
        const cut = { startMs, endMs: startMs + lengthMs }
        const found = cutTranscript(whole, cut)
        if (!found) return
        const joined = joinTranscript(whole, found, cut)
        expect(toWordTable(joined)).toEqual(toWordTable(whole))
        expect(joined.leftOut).toEqual(whole.leftOut)
      }),
    )
  })

  test('keeps what was corrected in the part, and the ids of its words', () => {
    const whole = transcriptOf(12)
    const cut = { startMs: 4000, endMs: 9000 }
    const before = part(whole, cut)
    const { table, nextId } = correctWords(
      toWordTable(before),
      [{ from: 106, to: 106, text: 'corrected twice' }],
      before.nextWordId ?? 0,
    )
    const after = { ...before, ...table, wordIds: table.ids, nextWordId: nextId, isReviewed: true }
    const joined = joinTranscript(whole, after, cut)
    expect(textOf(joined)).toEqual(
      textOf(whole).flatMap((text) => (text === 'word6' ? ['corrected', 'twice'] : [text])),
    )
    expect(joined.words[6]).toEqual(['corrected', 6000, expect.any(Number)])
    expect(new Set(joined.wordIds).size).toBe(13)
    expect(joined.sentences.at(-1)).toEqual([10, 12])
    expect(joined.speakerTurns).toEqual([
      [0, 'Anna'],
      [8, 'Paul'],
    ] satisfies SpeakerTurn[])
    expect(joined.isReviewed, 'nobody has read what was outside').toBe(false)
    expect(Math.max(...(joined.wordIds ?? []))).toBeLessThan(joined.nextWordId ?? 0)
  })

  test('tells words apart where the part was transcribed again', () => {
    const whole = transcriptOf(12, { wordIds: null, nextWordId: null })
    const cut = { startMs: 4000, endMs: 9000 }
    const again = { ...transcriptOf(3), wordIds: null, nextWordId: null }
    const joined = joinTranscript(whole, again, cut)
    expect(joined.words).toHaveLength(10)
    expect(new Set(joined.wordIds).size).toBe(10)
    expect(joined.words[4]).toEqual(['word0', 4000, 4900])
  })

  test('is a draft where what was outside is one, and its words are in order of time', () => {
    const whole = transcriptOf(12, { isDraft: true })
    const cut = { startMs: 2000, endMs: 6000 }
    const joined = joinTranscript(whole, { ...part(whole, cut), isDraft: false }, cut)
    expect(joined.isDraft).toBe(true)
    const starts = joined.words.map(([, startMs]) => startMs)
    expect(starts).toEqual(starts.toSorted((one, other) => one - other))
  })
})
