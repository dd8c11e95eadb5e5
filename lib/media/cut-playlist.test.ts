import { expect, test } from 'vitest'
import { cutPlaylist } from './cut-playlist.ts'

const playlist = {
  init: { offset: 0, sizeBytes: 700 },
  segments: [6, 6, 6, 2].map((durationSeconds, index) => ({
    durationSeconds,
    offset: 700 + index * 1000,
    sizeBytes: 1000,
  })),
}

test.each([
  ['within one segment', 7000, 9000, { offset: 1700, sizeBytes: 1000 }, 1000],
  ['over three segments', 5000, 13_000, { offset: 700, sizeBytes: 3000 }, 5000],
  ['at the beginning', 0, 1000, { offset: 700, sizeBytes: 1000 }, 0],
  ['at the end', 18_500, 20_000, { offset: 3700, sizeBytes: 1000 }, 500],
  [
    'just after a segment begins: the sound before it is needed',
    6050,
    7000,
    { offset: 700, sizeBytes: 2000 },
    6050,
  ],
])('the bytes of a part %s', (_where, startMs, endMs, range, offsetMs) => {
  expect(cutPlaylist(playlist, { startMs, endMs })).toEqual({ ranges: [playlist.init, range], offsetMs })
})

test('a part after the end is refused', () => {
  expect(() => cutPlaylist(playlist, { startMs: 30_000, endMs: 31_000 })).toThrow('no segment')
})
