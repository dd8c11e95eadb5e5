import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Track } from '#components/player/track.ts'
import { addBookmark } from './bookmarks.ts'
import { findPresent, followRecordings, moveLibrary, sermonsOf } from './follow-recordings.ts'
import { emptyLibrary, type OwnLibrary, place } from './own-library.ts'
import { createPlaylist } from './playlists.ts'
import { unavailableSermons } from './unavailable-sermons.ts'

const sermonId = '0e61658e-72cb-4eec-8c81-9795a6cffa4d'
const otherId = '4ad83426-6e13-46f7-8882-69144122b7cc'

const track = (id: string, recording = 1): Track => ({
  id: recording > 1 ? `${id}.${recording}` : id,
  title: 'Hope',
  artist: null,
  album: null,
  reference: '',
  pageHref: '/sermons/hope',
  hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8?recording=${recording}`,
  captionsUrl: `/api/v1/sermons/${id}/transcript.vtt?recording=${recording}`,
  durationMs: 600_000,
  peaks: [],
})
/** The first minute and the end are not in the published part. */
const part = {
  ...{ sermonId, recording: 3, durationMs: 400_000 },
  others: [
    { recording: 1, shiftMs: -60_000 },
    { recording: 2, shiftMs: -30_000 },
  ],
}
const whole = { sermonId, recording: 1, durationMs: 600_000, others: [{ recording: 3, shiftMs: 60_000 }] }

const kept = (): OwnLibrary => {
  const lists = (['later', 'queue', 'heard'] as const).reduce(
    (library, list) => place(place(library, track(otherId), 'last', list), track(sermonId), 'last', list),
    emptyLibrary,
  )
  return createPlaylist(lists, { id: 'p', name: 'Winter', tracks: [track(sermonId), track(otherId)] })
}
const bookmarked = (...moments: number[]) =>
  moments.reduce(
    (library, atMs) => addBookmark(library, { id: `b${atMs}`, track: track(sermonId), atMs, note: '' }),
    emptyLibrary,
  )
const moments = ({ bookmarks }: OwnLibrary) => bookmarks.map((bookmark) => [bookmark.track.id, bookmark.atMs])

describe('the library of a browser', () => {
  it('has the present recording in every list, and keeps the order', () => {
    const moved = moveLibrary(kept(), [part])
    const [first, second] = [otherId, `${sermonId}.3`]
    for (const list of [moved.later, moved.queue, moved.heard]) {
      expect(list.map(({ id }) => id)).toEqual([first, second])
    }
    expect(moved.playlists[0]?.tracks.map(({ id }) => id)).toEqual([second, first])
    expect(moved.later[1]).toMatchObject({
      hlsUrl: `/api/v1/sermons/${sermonId}/hls/master.m3u8?recording=3`,
      captionsUrl: `/api/v1/sermons/${sermonId}/transcript.vtt?recording=3`,
      durationMs: 400_000,
    })
  })

  it('has a sermon once that was kept with two recordings', () => {
    const twice = place(kept(), track(sermonId, 3), 'first', 'later')
    expect(moveLibrary(twice, [part]).later.map(({ id }) => id)).toEqual([`${sermonId}.3`, otherId])
  })

  it('follows a new recording too, but a bookmark is no moment of another upload', () => {
    const replaced = { sermonId, recording: 4, durationMs: 500_000, others: [] }
    expect(moveLibrary(kept(), [replaced]).later[1]?.id).toBe(`${sermonId}.4`)
    expect(moments(moveLibrary(bookmarked(90_000), [replaced]))).toEqual([[sermonId, 90_000]])
  })

  it('has bookmarks at the same words of the part, and the same as before when the whole is published again', () => {
    const before = bookmarked(90_000)
    const cut = moveLibrary(before, [part])
    expect(moments(cut)).toEqual([[`${sermonId}.3`, 30_000]])
    expect(moments(moveLibrary(cut, [whole]))).toEqual(moments(before))
  })

  it('keeps bookmarks outside of the part for when they can be heard again', () => {
    const outside = bookmarked(30_000, 460_000)
    expect(moveLibrary(outside, [part])).toEqual(outside)
  })

  it('names its sermons once each', () => {
    expect(sermonsOf(place(kept(), track(sermonId, 3), 'first', 'later'))).toEqual([sermonId, otherId])
  })
})

describe('a sermon of which the server has no recording', () => {
  const answerWith = (answer: () => Promise<Response>) => vi.stubGlobal('fetch', vi.fn(answer))
  const answerRecordings = (...recordings: object[]) => answerWith(async () => Response.json({ recordings }))

  afterEach(() => vi.unstubAllGlobals())

  it('is noted as not available until the server has one again; without an answer nothing changes', async () => {
    answerRecordings({ ...part, sermonId: otherId })
    await followRecordings([sermonId, otherId])
    expect([...unavailableSermons.read()]).toEqual([sermonId])
    answerWith(() => Promise.reject(new TypeError('Failed to fetch')))
    await followRecordings([sermonId, otherId])
    expect([...unavailableSermons.read()]).toEqual([sermonId])
    answerRecordings(part)
    await followRecordings([sermonId])
    expect([...unavailableSermons.read()]).toEqual([])
  })

  it('has nothing to play in its place; another upload has no place that continues this one', async () => {
    answerRecordings()
    expect(await findPresent(track(sermonId), 90_000)).toBe('gone')
    answerRecordings(part)
    expect(await findPresent(track(sermonId), 90_000)).toMatchObject({
      atMs: 30_000,
      track: { id: `${sermonId}.3` },
    })
    answerRecordings({ ...part, others: [] })
    expect(await findPresent(track(sermonId), 90_000)).toMatchObject({
      atMs: null,
      track: { id: `${sermonId}.3` },
    })
  })
})
