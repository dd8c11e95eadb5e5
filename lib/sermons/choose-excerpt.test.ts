import { expect, test } from 'vitest'
import { chooseExcerpt } from './choose-excerpt.ts'

const transcript = {
  words: 'In the beginning. God made. Light came.'
    .split(' ')
    .map((text, at): [string, number, number] => [text, at * 1000, at * 1000 + 900]),
  sentences: [
    [0, 2],
    [3, 4],
    [5, 6],
  ] satisfies [number, number][],
}

test('the sentences that begin within the span are taken whole', () => {
  expect(chooseExcerpt(transcript, { startMs: 3000, endMs: 4000 })).toMatchObject({
    text: 'God made.',
    startMs: 3000,
    endMs: 4900,
  })
  expect(chooseExcerpt(transcript, { startMs: 1, endMs: 5001 })?.text).toBe('God made. Light came.')
})

test('a span without a length takes the sentence that begins there', () => {
  expect(chooseExcerpt(transcript, { startMs: 5000, endMs: 5000 })?.text).toBe('Light came.')
})

test('there is nothing where no sentence begins', () => {
  expect(chooseExcerpt(transcript, { startMs: 100, endMs: 2900 })).toBeNull()
})
