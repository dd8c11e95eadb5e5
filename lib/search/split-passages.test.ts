import { describe, expect, it } from 'vitest'
import type { StoredWord, WordRange } from '#lib/db/schema.ts'
import { passageSizes, splitPassages } from './split-passages.ts'

/** A small deterministic source of numbers, so that a failing case can be run again. */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function createTranscript(seed: number): { words: StoredWord[]; sentences: WordRange[] } {
  const next = numbers(seed)
  const words: StoredWord[] = []
  const sentences: WordRange[] = []
  let at = 0
  const count = Math.floor(next() * 900)
  let first = 0
  for (let index = 0; index < count; index += 1) {
    const ends = next() < 0.05
    const mark = ends ? '.' : next() < 0.1 ? ',' : ''
    words.push([`w${index}${mark}`, at, at + 200])
    at += 250 + (next() < 0.01 ? 6000 : next() < 0.1 ? 900 : 0)
    if (ends || index === count - 1) {
      sentences.push([first, index])
      first = index + 1
    }
  }
  // Half of the transcripts have ranges that cannot be right.
  if (seed % 2 === 0) sentences.push([-5, 3], [10, 4], [count - 1, count + 50], [2.5, 7.5])
  return { words, sentences }
}

describe('splitPassages', () => {
  it('puts every word into exactly one passage, in order, for any input', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const transcript = createTranscript(seed)
      const passages = splitPassages(transcript)
      let next = 0
      for (const [index, passage] of passages.entries()) {
        expect(passage.position).toBe(index)
        expect(passage.firstWord).toBe(next)
        expect(passage.lastWord).toBeGreaterThanOrEqual(passage.firstWord)
        expect(passage.endMs).toBeGreaterThanOrEqual(passage.startMs)
        expect(passage.text).toBe(
          transcript.words
            .slice(passage.firstWord, passage.lastWord + 1)
            .map(([text]) => text)
            .join(' '),
        )
        next = passage.lastWord + 1
      }
      expect(next).toBe(transcript.words.length)
    }
  })

  it('never makes a passage longer than the limit and never crosses a long pause', () => {
    for (let seed = 0; seed < 150; seed += 1) {
      const { words, sentences } = createTranscript(seed)
      for (const { firstWord, lastWord } of splitPassages({ words, sentences })) {
        expect(lastWord - firstWord + 1).toBeLessThanOrEqual(passageSizes.maxWords)
        const pauses = words
          .slice(firstWord + 1, lastWord + 1)
          .map(([, startMs], at) => startMs - (words[firstWord + at]?.[2] ?? 0))
        expect(Math.max(0, ...pauses)).toBeLessThan(passageSizes.longPauseMs)
      }
    }
  })

  it('gives the same passages for the same transcript', () => {
    expect(splitPassages(createTranscript(7))).toEqual(splitPassages(createTranscript(7)))
  })

  it('begins passages at sentences and comes near the ideal size', () => {
    const words: StoredWord[] = []
    const sentences: WordRange[] = []
    for (let sentence = 0; sentence < 60; sentence += 1) {
      const first = words.length
      for (let word = 0; word < 16; word += 1)
        words.push([`w${word}`, words.length * 300, words.length * 300 + 250])
      sentences.push([first, words.length - 1])
    }
    const passages = splitPassages({ words, sentences })
    const starts = new Set(sentences.map(([first]) => first))
    for (const passage of passages) {
      expect(starts.has(passage.firstWord)).toBe(true)
      const size = passage.lastWord - passage.firstWord + 1
      expect(size).toBeGreaterThanOrEqual(48)
      expect(size).toBeLessThanOrEqual(80)
    }
  })

  it('divides a very long sentence at a clause', () => {
    const words: StoredWord[] = Array.from({ length: 160 }, (_, index) => [
      index === 79 ? 'clause;' : 'word',
      index * 300,
      index * 300 + 250,
    ])
    const passages = splitPassages({ words, sentences: [[0, 159]] })
    expect(passages.map(({ lastWord }) => lastWord)).toEqual([79, 159])
  })

  it('finds nothing in an empty transcript', () => {
    expect(splitPassages({ words: [], sentences: [] })).toEqual([])
    expect(splitPassages({ words: [], sentences: [[0, 10]] })).toEqual([])
  })
})
