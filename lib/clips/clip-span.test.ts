import { expect, test } from 'vitest'
import { chooseExcerpt } from '#lib/sermons/choose-excerpt.ts'
import { clipSpan } from './clip-span.ts'

const transcriptOf = (words: [string, number, number][], sentences: [number, number][]) => ({
  words,
  sentences,
})

function spanOf(transcript: ReturnType<typeof transcriptOf>, startMs: number, endMs: number) {
  const excerpt = chooseExcerpt(transcript, { startMs, endMs })
  if (!excerpt) throw new Error('no sentence begins there')
  return clipSpan(transcript, excerpt)
}

test('a clip has the silence around its words, and its words have times from its start', () => {
  const transcript = transcriptOf(
    [
      ['Before.', 0, 500],
      ['Grace', 2000, 2400],
      ['reigns.', 2500, 3000],
      ['After.', 5000, 5500],
    ],
    [
      [0, 0],
      [1, 2],
      [3, 3],
    ],
  )
  expect(spanOf(transcript, 2000, 3000)).toEqual({
    startMs: 1800,
    endMs: 3400,
    words: [
      { text: 'Grace', startMs: 200, endMs: 600 },
      { text: 'reigns.', startMs: 700, endMs: 1200 },
    ],
  })
})

test('a clip never has a part of the words before and after it', () => {
  const transcript = transcriptOf(
    [
      ['Before.', 1500, 1950],
      ['Grace.', 2000, 2400],
      ['After.', 2450, 3000],
    ],
    [
      [0, 0],
      [1, 1],
      [2, 2],
    ],
  )
  expect(spanOf(transcript, 2000, 2400)).toMatchObject({ startMs: 1950, endMs: 2450 })
  expect(spanOf(transcript, 1500, 1950)).toMatchObject({ startMs: 1300, endMs: 2000 })
})
