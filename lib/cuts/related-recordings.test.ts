import { expect, test } from 'vitest'
import { relatedRecordings } from './related-recordings.ts'

const cuts = [
  { mediaRevision: 2, baseRevision: 1, startMs: 60_000 },
  { mediaRevision: 3, baseRevision: 1, startMs: 90_000 },
  { mediaRevision: 5, baseRevision: 4, startMs: 10_000 },
]

test('times of the whole recording and of an earlier part are found in the present part', () => {
  expect(relatedRecordings(cuts, 3)).toEqual([
    { recording: 1, shiftMs: -90_000 },
    { recording: 2, shiftMs: -30_000 },
  ])
})

test('times of its parts are found in the whole recording', () => {
  expect(relatedRecordings(cuts, 1)).toEqual([
    { recording: 2, shiftMs: 60_000 },
    { recording: 3, shiftMs: 90_000 },
  ])
})

test('nothing leads to the recording of another upload', () => {
  expect(relatedRecordings(cuts, 4)).toEqual([{ recording: 5, shiftMs: 10_000 }])
  expect(relatedRecordings(cuts, 6)).toEqual([])
})
