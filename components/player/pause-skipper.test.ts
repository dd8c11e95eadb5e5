// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PauseSkipper } from './pause-skipper.ts'
import { createPlayerStore, type PlayerStore } from './player-store.ts'
import type { Track } from './track.ts'

const track: Track = {
  ...{ id: '1', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/', hlsUrl: '' },
  ...{ captionsUrl: '/api/v1/sermons/1/transcript.vtt', durationMs: 600_000, peaks: [], language: 'en' },
}
/** A pause of five seconds between two words. */
const words = [
  { startMs: 0, endMs: 1000 },
  { startMs: 6000, endMs: 7000 },
]

let store: PlayerStore
let skipper: PauseSkipper
let soughtTo: number[]
/** Where the sleep timer stops. */
let endMs: number

const play = async (transcript: { approximate: boolean; words: typeof words }) => {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => Response.json(transcript)),
  )
  store.commit({ type: 'track-chosen', track, atMs: 0 })
  store.commit({ type: 'playing' })
  await vi.waitFor(() => expect(fetch).toHaveBeenCalled())
  await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  localStorage.clear()
  store = createPlayerStore()
  soughtTo = []
  endMs = Number.POSITIVE_INFINITY
  skipper = new PauseSkipper(
    { store, seek: (toMs) => void soughtTo.push(toMs) },
    { stopBefore: (toMs) => toMs >= endMs },
  )
  skipper.set(true)
})

afterEach(() => {
  skipper.set(false)
  vi.unstubAllGlobals()
})

it('skips a pause to shortly before the next word, once it is reached', async () => {
  await play({ approximate: false, words })
  store.commit({ type: 'time', positionMs: 900 })
  expect(soughtTo).toEqual([])
  store.commit({ type: 'time', positionMs: 2500 })
  expect(soughtTo).toHaveLength(1)
  expect(soughtTo[0]).toBeGreaterThan(5000)
  expect(soughtTo[0]).toBeLessThanOrEqual(6000)
})

it('skips nothing where the times are estimated', async () => {
  await play({ approximate: true, words })
  store.commit({ type: 'time', positionMs: 2500 })
  expect(soughtTo).toEqual([])
})

it('skips no pause in which the sleep timer stops', async () => {
  await play({ approximate: false, words })
  endMs = 4000
  store.commit({ type: 'time', positionMs: 2500 })
  expect(soughtTo).toEqual([])
})

it('skips nothing once it is turned off', async () => {
  await play({ approximate: false, words })
  skipper.set(false)
  store.commit({ type: 'time', positionMs: 2500 })
  expect(soughtTo).toEqual([])
})
