import { expect, test } from 'vitest'
import { segmentToWords } from './segment-to-words.ts'

const segment = { startMs: 1000, endMs: 3000, text: '', tokens: [], startsMs: [], shares: [] }

test('tokens are joined to words, and a word lasts until the next one begins', () => {
  const words = segmentToWords({
    ...segment,
    tokens: [' Gra', 'ce', ' to', ' you', '.'],
    startsMs: [1100, 1300, 1600, 2000, 2400],
  })
  expect(words).toEqual([
    { text: 'Grace', startMs: 1100, endMs: 1600 },
    { text: 'to', startMs: 1600, endMs: 2000 },
    { text: 'you.', startMs: 2000, endMs: 3000 },
  ])
})

test('a word is as certain as its least certain token', () => {
  const words = segmentToWords({
    ...segment,
    tokens: [' Mel', 'chi', ' king'],
    startsMs: [1100, 1300, 1600],
    shares: [0.9, 0.4, 0.8],
  })
  expect(words.map(({ confidence }) => confidence)).toEqual([0.4, 0.8])
})

test('without times, the words share the time of the stretch by their length', () => {
  const words = segmentToWords({ ...segment, text: ' I believe', tokens: [' I', ' believe'] })
  expect(words).toEqual([
    { text: 'I', startMs: 1000, endMs: 1400 },
    { text: 'believe', startMs: 1400, endMs: 3000 },
  ])
})

test('a stretch in which nothing was recognised has no words', () => {
  expect(segmentToWords(segment)).toEqual([])
})
