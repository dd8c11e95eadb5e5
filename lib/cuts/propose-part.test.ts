import { expect, test } from 'vitest'
import { proposePart } from './propose-part.ts'

/** Speech of 4 s with a second between. */
const talk = (fromMs: number, toMs: number) =>
  Array.from({ length: Math.floor((toMs - fromMs) / 5000) }, (_, place) => ({
    startMs: fromMs + place * 5000,
    endMs: fromMs + place * 5000 + 4000,
  }))

test('silence, music and announcements around the sermon are left out', () => {
  const speech = [...talk(10_000, 60_000), ...talk(300_000, 1_500_000), ...talk(1_800_000, 1_820_000)]
  expect(proposePart(speech, 2_000_000)).toEqual({ startMs: 299_300, endMs: 1_500_200 })
})

test('a pause of the preacher and a film in the sermon stay in it', () => {
  const speech = [...talk(100_000, 500_000), ...talk(509_000, 800_000), ...talk(890_000, 1_300_000)]
  expect(proposePart(speech, 1_400_000)).toEqual({ startMs: 99_300, endMs: 1_300_200 })
})

test('sounds in music that resemble speech for a moment are no part of the sermon', () => {
  const inMusic = Array.from({ length: 20 }, (_, place) => ({
    startMs: place * 10_000,
    endMs: place * 10_000 + 800,
  }))
  const speech = [...inMusic, ...talk(215_000, 900_000)]
  expect(proposePart(speech, 900_000)).toEqual({ startMs: 214_300, endMs: 900_000 })
})

test('nothing is proposed where the recording is the sermon, or has none', () => {
  expect(proposePart(talk(2000, 900_000), 902_000)).toBeNull()
  expect(proposePart([], 900_000)).toBeNull()
  expect(proposePart(talk(50_000, 60_000), 900_000)).toBeNull()
})
