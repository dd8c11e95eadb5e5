import { describe, expect, it } from 'vitest'
import type { Track } from '#components/player/track.ts'
import { addBookmark, bookmarkHref, bookmarksOf, changeNote, removeBookmark } from './bookmarks.ts'
import { followSeries, isFollowed, noteSeen, unfollowSeries } from './followed-series.ts'
import { emptyLibrary, type OwnLibrary, parseLibrary } from './own-library.ts'
import {
  addToPlaylist,
  createPlaylist,
  deletePlaylist,
  moveInPlaylist,
  playlistHref,
  removeFromPlaylist,
  renamePlaylist,
} from './playlists.ts'

const track = (id: string): Track => ({
  id,
  title: id,
  artist: null,
  album: null,
  reference: '',
  pageHref: `/sermons/${encodeURIComponent(id)}`,
  hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8`,
  captionsUrl: `/api/v1/sermons/${id}/transcript.vtt`,
  durationMs: 1000,
  peaks: [1],
})
const made = createPlaylist(emptyLibrary, {
  id: 'p',
  name: ' Hope  for winter ',
  tracks: ['a', 'b', 'c'].map(track),
})
const order = (library: OwnLibrary) => library.playlists[0]?.tracks.map(({ id }) => id)

describe('playlists', () => {
  it('are kept with their names in one line, and without waveforms', () => {
    expect(made.playlists).toMatchObject([
      { name: 'Hope for winter', tracks: [{ id: 'a', peaks: [] }, {}, {}] },
    ])
    expect(parseLibrary(JSON.stringify(made))).toEqual(made)
  })

  it('have a name: without one nothing is created or renamed', () => {
    expect(createPlaylist(emptyLibrary, { id: 'q', name: '  ', tracks: [] })).toEqual(emptyLibrary)
    expect(renamePlaylist(made, 'p', ' ')).toEqual(made)
    expect(renamePlaylist(made, 'p', 'Advent').playlists[0]?.name).toBe('Advent')
  })

  it('hold a sermon once, in the order that the listener gives it', () => {
    expect(order(addToPlaylist(made, 'p', track('a')))).toEqual(['a', 'b', 'c'])
    expect(order(addToPlaylist(made, 'p', track('d')))).toEqual(['a', 'b', 'c', 'd'])
    expect(order(moveInPlaylist(made, 'p', { id: 'c' }, -1))).toEqual(['a', 'c', 'b'])
    expect(order(moveInPlaylist(made, 'p', { id: 'a' }, 1))).toEqual(['b', 'a', 'c'])
    expect(order(moveInPlaylist(made, 'p', { id: 'a' }, -1))).toEqual(['a', 'b', 'c'])
    expect(order(removeFromPlaylist(made, 'p', { id: 'b' }))).toEqual(['a', 'c'])
    expect(deletePlaylist(made, 'p')).toEqual(emptyLibrary)
  })

  it('are shared as an address with the name and the sermons in order', () => {
    const query = new URL(playlistHref({ name: 'A & B', tracks: ['x', 'ä ö'].map(track) }), 'https://x')
      .searchParams
    expect(query.get('name')).toBe('A & B')
    expect(query.getAll('sermon')).toEqual(['x', 'ä ö'])
  })
})

describe('followed series', () => {
  const series = { slug: 'acts', title: 'Acts' }

  it('are kept with the time until which everything was seen', () => {
    const followed = followSeries(made, series, 10)
    expect(isFollowed(followed, series)).toBe(true)
    expect(parseLibrary(JSON.stringify(noteSeen(followed, series, 20))).followed).toEqual([
      { ...series, seenAtMs: 20 },
    ])
    expect(unfollowSeries(followed, series)).toEqual(made)
  })
})

describe('bookmarks', () => {
  const first = addBookmark(made, { id: 'x', track: track('a'), atMs: 90_400.6, note: '  Quote this. ' })
  const both = addBookmark(first, { id: 'y', track: track('a'), atMs: 1000, note: '' })

  it('are kept with their notes, and listed in the order of their moments', () => {
    expect(parseLibrary(JSON.stringify(both))).toEqual(both)
    expect(bookmarksOf(both, { id: 'a' }).map(({ id, atMs, note }) => [id, atMs, note])).toEqual([
      ['y', 1000, ''],
      ['x', 90_401, 'Quote this.'],
    ])
    expect(bookmarksOf(both, { id: 'b' })).toEqual([])
    expect(first.bookmarks.map(bookmarkHref)).toEqual(['/sermons/a?t=90'])
  })

  it('change and go', () => {
    expect(changeNote(first, 'x', 'Better').bookmarks).toMatchObject([{ note: 'Better' }])
    expect(removeBookmark(both, 'y')).toEqual(first)
  })
})

it('a library that was stored before there were playlists keeps its lists, and so do the others when one is unreadable', () => {
  const {
    playlists: _,
    followed: __,
    bookmarks: ___,
    ...earlier
  } = { ...emptyLibrary, later: made.playlists[0]?.tracks ?? [] }
  expect(parseLibrary(JSON.stringify(earlier))).toEqual({ ...emptyLibrary, ...earlier })
  expect(parseLibrary(JSON.stringify({ ...made, later: 'x' }))).toEqual(made)
})
