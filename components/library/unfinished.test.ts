import { expect, test } from 'vitest'
import { rememberPlace } from '#components/player/remember-listening.ts'
import type { StoredTrack } from '#components/player/stored-track.ts'
import { emptyLibrary } from './own-library.ts'
import { listUnfinished } from './unfinished.ts'

const HOUR_MS = 3_600_000

const track = (id: string): StoredTrack => ({
  ...{ id, title: id, language: 'en', artist: null, album: null, reference: '', peaks: [] },
  pageHref: `/sermons/${id}`,
  hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8`,
  captionsUrl: `/api/v1/sermons/${id}/transcript.vtt`,
  durationMs: HOUR_MS,
})

/** Storage with the given places in milliseconds. */
function storageOf(places: Record<string, number>): Storage {
  const items = new Map<string, string>()
  const storage: Storage = {
    get length() {
      return items.size
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  }
  for (const [id, placeMs] of Object.entries(places)) rememberPlace(id, placeMs, { storage })
  return storage
}

test('what was begun and not finished is listed, the latest first', () => {
  const storage = storageOf({ finished: HOUR_MS - 5_000, opened: 4_000, half: HOUR_MS / 2, begun: 60_000 })
  const heard = ['half', 'opened', 'finished', 'unknown', 'begun'].map(track)
  expect(
    listUnfinished({ ...emptyLibrary, heard }, storage).map(({ track: { id }, placeMs }) => [id, placeMs]),
  ).toEqual([
    ['half', HOUR_MS / 2],
    ['begun', 60_000],
  ])
})
