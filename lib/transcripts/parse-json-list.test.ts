import { describe, expect, it } from 'vitest'
import { parseTranscriptJson } from './parse-transcript-json.ts'

const words = [
  ['Grace', 500, 900],
  ['to', 900, 1200],
  ['you.', 1200, 2000],
] as const
const read = (value: unknown) => parseTranscriptJson(JSON.stringify(value))
const wordsOf = (value: unknown) => {
  const found = read(value)
  return found && 'words' in found
    ? found.words.map(({ text, startMs, endMs }) => [text, startMs, endMs])
    : null
}
const startsOf = (value: unknown) => {
  const found = read(value)
  return found && 'cues' in found ? found.cues.map(({ startMs }) => startMs) : null
}

describe('words with their own times', () => {
  it.each<[string, unknown]>([
    [
      'in seconds',
      { words: words.map(([word, from, to]) => ({ word, start: from / 1000, end: to / 1000 })) },
    ],
    ['in milliseconds without a unit', { words: words.map(([text, start, end]) => ({ text, start, end })) }],
    [
      'as this product writes them',
      { words: words.map(([text, startMs, endMs]) => ({ text, startMs, endMs })) },
    ],
    ['alone', words.map(([word, from, to]) => ({ word, start: from / 1000, end: to / 1000 }))],
    [
      'in the second channel, where the first is silent',
      {
        results: {
          channels: [
            { alternatives: [{ words: [] }] },
            {
              alternatives: [
                { words: words.map(([word, a, b]) => ({ word, start: a / 1000, end: b / 1000 })) },
              ],
            },
          ],
        },
      },
    ],
    [
      'in two channels, one for each person',
      {
        results: {
          channels: [words.slice(0, 1), words.slice(1)].map((own) => ({
            alternatives: [{ words: own.map(([word, a, b]) => ({ word, start: a / 1000, end: b / 1000 })) }],
          })),
        },
      },
    ],
    [
      'in two channels that heard the same',
      {
        results: {
          channels: [words, words].map((own) => ({
            alternatives: [{ words: own.map(([word, a, b]) => ({ word, start: a / 1000, end: b / 1000 })) }],
          })),
        },
      },
    ],
  ])('%s', (_, value) => {
    expect(wordsOf(value)).toEqual(words)
  })

  it('a word in pieces is joined', () => {
    const pieces = [' Hab', 'akkuk', ' says'].map((word, index) => ({ word, start: index, end: index + 1 }))
    expect(wordsOf({ segments: [{ start: 0, end: 3, text: ' Habakkuk says', words: pieces }] })).toEqual([
      [' Habakkuk', 0, 2000],
      [' says', 2000, 3000],
    ])
  })
})

describe('lines with times', () => {
  const lines = ['Grace to you.', 'Let us pray.', 'Amen and amen.']
  const starts = [500, 4200, 9000]
  it.each<[string, unknown]>([
    ['in milliseconds', lines.map((text, i) => ({ text, start: starts[i], end: (starts[i] ?? 0) + 2000 }))],
    [
      'by offset and duration',
      lines.map((text, i) => ({ text, offset: (starts[i] ?? 0) / 1000, duration: 2 })),
    ],
    [
      'without ends',
      { segments: lines.map((text, i) => ({ text, start: (starts[i] ?? 0) / 1000, end: null })) },
    ],
    [
      'whose words are null',
      { segments: lines.map((text, i) => ({ text, start: (starts[i] ?? 0) / 1000, end: 10, words: null })) },
    ],
    [
      'of a podcast, endTime null',
      { segments: lines.map((body, i) => ({ body, startTime: (starts[i] ?? 0) / 1000, endTime: null })) },
    ],
    [
      'as utterances without words',
      {
        results: {
          channels: [{ alternatives: [{ words: [] }] }],
          utterances: lines.map((transcript, i) => ({ transcript, start: (starts[i] ?? 0) / 1000, end: 10 })),
        },
      },
    ],
  ])('%s', (_, value) => {
    expect(startsOf(value)).toEqual(starts)
  })
})
