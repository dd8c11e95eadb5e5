import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPlayerStore, type PlayerStore } from './player-store.ts'
import { readSavedTextsFrom } from './saved-texts.ts'
import { supplyChapters } from './supply-chapters.ts'
import type { Track } from './track.ts'

const track: Track = {
  ...{ id: 'a.2', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/', hlsUrl: '' },
  ...{ captionsUrl: '', durationMs: 600_000, peaks: [], language: 'en' },
}
const saved = [{ title: 'Saved', startMs: 0 }]

let store: PlayerStore
let stop: () => void
let stopSaved = () => {}

beforeEach(() => {
  store = createPlayerStore()
  stop = supplyChapters({ store })
})

afterEach(() => {
  stop()
  stopSaved()
  vi.unstubAllGlobals()
})

const answerWith = (answer: () => Response) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  )
const play = (played: Track) => {
  store.commit({ type: 'track-chosen', track: played, atMs: 0 })
  store.commit({ type: 'playing' })
}
const settle = () => new Promise((resolve) => setImmediate(resolve))
const shown = () => store.read().track?.chapters

it('requests the chapters of the recording once, when it plays', async () => {
  answerWith(() => Response.json({ version: '1.2.0', chapters: [{ title: 'Peace', startTime: 12.5 }] }))
  store.commit({ type: 'track-chosen', track, atMs: 0 })
  await settle()
  expect(fetch).not.toHaveBeenCalled()
  store.commit({ type: 'playing' })
  await settle()
  expect(shown()).toEqual([{ title: 'Peace', startMs: 12_500 }])
  store.commit({ type: 'paused' })
  store.commit({ type: 'playing' })
  expect(fetch).toHaveBeenCalledExactlyOnceWith('/feeds/chapters/a.json?recording=2')
})

it('requests nothing for a sermon that is known to have none', async () => {
  answerWith(() => Response.json({ chapters: [] }))
  play({ ...track, chapters: [] })
  await settle()
  expect(fetch).not.toHaveBeenCalled()
})

it('takes them from the saved sermon when they cannot be read', async () => {
  answerWith(() => Response.error())
  stopSaved = readSavedTextsFrom(async () => ({ track: { chapters: saved }, transcript: null }))
  play(track)
  await settle()
  expect(shown()).toEqual(saved)
})

it('gives them to no other sermon that was chosen in the meantime', async () => {
  const arrival = Promise.withResolvers<void>()
  vi.stubGlobal('fetch', async () => {
    await arrival.promise
    return Response.json({ chapters: [{ title: 'Peace', startTime: 1 }] })
  })
  play(track)
  play({ ...track, id: 'b', chapters: [] })
  arrival.resolve()
  await settle()
  expect(shown()).toEqual([])
})
