import { expect, test } from 'vitest'
import { cutChapters, joinChapters } from './cut-chapters.ts'

const whole = [
  { title: 'Songs', startMs: 0 },
  { title: 'Reading', startMs: 300_000 },
  { title: 'Sermon', startMs: 500_000 },
  { title: 'Closing', startMs: 1_500_000 },
]

test('a part begins with the chapter that is running there, unless that ends soon', () => {
  const running = cutChapters(whole, { startMs: 400_000, endMs: 1_400_000 })
  expect(running).toEqual([
    { title: 'Reading', startMs: 0 },
    { title: 'Sermon', startMs: 100_000 },
  ])
  const ending = cutChapters(whole, { startMs: 490_000, endMs: 1_400_000 })
  expect(ending).toEqual([{ title: 'Sermon', startMs: 10_000 }])
})

test.each([
  ['in the middle of a chapter', 400_000],
  ['shortly before a chapter', 490_000],
  ['at the start of a chapter', 500_000],
  ['at the start of the recording', 0],
])('the whole recording has its chapters again after a part that begins %s', (_, startMs) => {
  const cut = { startMs, endMs: 1_400_000 }
  expect(joinChapters(whole, cutChapters(whole, cut), cut)).toEqual(whole)
})

test('what was changed in the part stays changed, and what was outside returns', () => {
  const cut = { startMs: 400_000, endMs: 1_400_000 }
  const edited = [
    { title: 'Welcome', startMs: 0 },
    { title: 'First point', startMs: 120_000 },
  ]
  expect(joinChapters(whole, edited, cut)).toEqual([
    { title: 'Songs', startMs: 0 },
    { title: 'Welcome', startMs: 300_000 },
    { title: 'First point', startMs: 520_000 },
    { title: 'Closing', startMs: 1_500_000 },
  ])
  expect(joinChapters(whole, [], cut).map(({ title }) => title)).toEqual(['Songs', 'Reading', 'Closing'])
})
