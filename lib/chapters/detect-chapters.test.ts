import { expect, test } from 'vitest'
import type { StoredWord, WordRange } from '#lib/db/schema.ts'
import { detectChapters } from './detect-chapters.ts'
import { scoreBoundaries } from './score-boundaries.ts'

const subjects = {
  harvest: 'farmer field seed harvest grain plough barn wheat soil rain'.split(' '),
  sea: 'ship storm wave anchor sailor harbour wind sail oar net'.split(' '),
  house: 'wall roof stone builder door window hammer beam floor brick'.split(' '),
}
const SENTENCE_WORDS = 10
const UNIT_SENTENCES = 6
const WORD_MS = 400

/** Ten minutes on each of these subjects: sentences whose words go round the subject's. */
function preach(topics: readonly (keyof typeof subjects)[]) {
  const words: StoredWord[] = []
  const sentences: WordRange[] = []
  for (const topic of topics) {
    for (let sentence = 0; sentence < 150; sentence += 1) {
      const first = words.length
      for (let place = 0; place < SENTENCE_WORDS; place += 1) {
        const own = subjects[topic]
        const text = own[(sentence * 3 + place * (1 + (sentence % 3))) % own.length] ?? ''
        const startMs = words.length * WORD_MS
        words.push([place === SENTENCE_WORDS - 1 ? `${text}.` : text, startMs, startMs + 350])
      }
      sentences.push([first, words.length - 1])
    }
  }
  const units = []
  for (let first = 0; first < words.length; first += SENTENCE_WORDS * UNIT_SENTENCES) {
    const last = Math.min(words.length, first + SENTENCE_WORDS * UNIT_SENTENCES) - 1
    units.push({
      startMs: words[first]?.[1] ?? 0,
      endMs: words[last]?.[2] ?? 0,
      firstWord: first,
      lastWord: last,
      terms: words.slice(first, last + 1).map(([text]) => text.replace('.', '')),
    })
  }
  return { words, sentences, units, references: [], durationMs: words.length * WORD_MS, table: null }
}

test('a chapter begins where the subject changes, and is named by its first words', () => {
  const chapters = detectChapters(preach(['harvest', 'sea', 'house']))
  expect(chapters.map(({ startMs }) => startMs)).toEqual([0, 600_000, 1_200_000])
  expect(chapters.map(({ title }) => title.split(' ')[0])).toEqual(['farmer', 'ship', 'wall'])
  for (const { title } of chapters) expect(title.length).toBeLessThanOrEqual(62)
})

test('a passage of the Bible that is opened names its chapter; one that is only mentioned does not', () => {
  const sermon = preach(['harvest', 'sea'])
  const romans = { start: 45_008_001, end: 45_008_011 }
  const john = { start: 43_003_016, end: 43_003_016 }
  const chapters = detectChapters({
    ...sermon,
    references: [
      { ...john, kind: 'mentioned', firstWord: 5 },
      { ...romans, kind: 'read', firstWord: 1520 },
    ],
  })
  expect(chapters.map(({ title }) => title)).toEqual([expect.stringMatching(/^farmer/), 'Romans 8:1–11'])
})

test('one subject from beginning to end has no chapters', () => {
  expect(detectChapters(preach(['harvest', 'harvest']))).toEqual([])
  expect(detectChapters({ ...preach([]), durationMs: 0 })).toEqual([])
})

test('a long pause and a passage that is opened raise the score of a place, a short pause does not', () => {
  const { units } = preach(['harvest', 'harvest'])
  const scoreAfter = (pauseMs: number, readings: number[] = []) => {
    const paused = units.map((unit, place) =>
      place < 25 ? unit : { ...unit, startMs: unit.startMs + pauseMs },
    )
    return scoreBoundaries(paused, { readings, table: null })[25] ?? 0
  }
  expect(scoreAfter(800)).toBe(scoreAfter(0))
  expect(scoreAfter(2500)).toBeGreaterThan(scoreAfter(0))
  expect(scoreAfter(6000)).toBeGreaterThan(scoreAfter(2500))
  expect(scoreAfter(0, [1510])).toBeGreaterThan(scoreAfter(0))
})
