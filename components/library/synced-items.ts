import * as v from 'valibot'
import { type StoredTrack, trackSchema } from '#components/player/stored-track.ts'
import { itemKey, writeSorted } from '#lib/listening/library-items.ts'
import { MAX_BOOKMARKS } from './bookmarks.ts'
import { MAX_FOLLOWED } from './followed-series.ts'
import { MAX_HEARD, MAX_LISTED, type OwnLibrary } from './own-library.ts'
import { MAX_PLAYLIST_TRACKS } from './playlist-limits.ts'
import { MAX_PLAYLISTS } from './playlists.ts'
import { rankInOrder } from './rank-in-order.ts'

/** Without the waveform and the chapters, as the server keeps it. */
const syncedTrackSchema = v.omit(trackSchema, ['peaks', 'chapters'])
const inList = v.object({ rank: v.number(), track: syncedTrackSchema })
const itemOf = <Kind extends string, Value>(kind: Kind, value: v.GenericSchema<Value>) =>
  v.object({ kind: v.literal(kind), id: v.string(), changedAtMs: v.number(), value: v.nullable(value) })

export const syncedItemSchema = v.variant('kind', [
  itemOf('later', inList),
  itemOf('queue', inList),
  itemOf('heard', inList),
  itemOf('playlist', v.object({ rank: v.number(), name: v.string() })),
  itemOf('listed', inList),
  itemOf('followed', v.object({ rank: v.number(), title: v.string(), seenAtMs: v.number() })),
  itemOf(
    'bookmark',
    v.object({ rank: v.number(), track: syncedTrackSchema, atMs: v.number(), note: v.string() }),
  ),
])

/** One thing in the library of a signed-in listener. */
export type SyncedItem = v.InferOutput<typeof syncedItemSchema>
type Kind = SyncedItem['kind']
type SyncedTrack = v.InferOutput<typeof syncedTrackSchema>

/** Names a sermon in a playlist. */
const listedId = (playlistId: string, trackId: string) => `${playlistId}/${trackId}`

const toSynced = ({ peaks: _, chapters: __, ...track }: StoredTrack) => track
const toTrack = (track: SyncedTrack): StoredTrack => ({ ...track, peaks: [] })

type Ranked<Value> = { id: string; changedAtMs: number; value: Value }

/** What was not removed, in its order. */
function inOrder<Value extends { rank: number }>(items: readonly Ranked<Value | null>[]): Ranked<Value>[] {
  return items
    .flatMap(({ id, changedAtMs, value }) => (value === null ? [] : [{ id, changedAtMs, value }]))
    .toSorted(
      (one, other) =>
        one.value.rank - other.value.rank ||
        other.changedAtMs - one.changedAtMs ||
        (one.id < other.id ? -1 : 1),
    )
}

/** The library as the pages show it. Of a list that is too long the end is not shown; it is not lost. */
export function showItems(items: readonly SyncedItem[]): OwnLibrary {
  const listed = inOrder(items.filter((item) => item.kind === 'listed'))
  const tracks = (list: readonly Ranked<{ rank: number; track: SyncedTrack } | null>[], max: number) =>
    inOrder(list)
      .slice(0, max)
      .map(({ value }) => toTrack(value.track))
  return {
    later: tracks(
      items.filter((item) => item.kind === 'later'),
      MAX_LISTED,
    ),
    queue: tracks(
      items.filter((item) => item.kind === 'queue'),
      MAX_LISTED,
    ),
    heard: tracks(
      items.filter((item) => item.kind === 'heard'),
      MAX_HEARD,
    ),
    playlists: inOrder(items.filter((item) => item.kind === 'playlist'))
      .slice(0, MAX_PLAYLISTS)
      .map(({ id, value: { name } }) => ({
        id,
        name,
        tracks: listed
          .filter((one) => one.id === listedId(id, one.value.track.id))
          .slice(0, MAX_PLAYLIST_TRACKS)
          .map(({ value }) => toTrack(value.track)),
      })),
    followed: inOrder(items.filter((item) => item.kind === 'followed'))
      .slice(0, MAX_FOLLOWED)
      .map(({ id, value: { title, seenAtMs } }) => ({ slug: id, title, seenAtMs })),
    bookmarks: inOrder(items.filter((item) => item.kind === 'bookmark'))
      .slice(0, MAX_BOOKMARKS)
      .map(({ id, value: { track, atMs, note } }) => ({ id, track: toTrack(track), atMs, note })),
  }
}

/** Everything in a library, list by list; in each list in its order. */
function listEntries(library: OwnLibrary) {
  const tracks = (kind: 'later' | 'queue' | 'heard') =>
    library[kind].map((track) => ({ kind, id: track.id, content: { track: toSynced(track) } }))
  return [
    tracks('later'),
    tracks('queue'),
    tracks('heard'),
    library.playlists.map(({ id, name }) => ({ kind: 'playlist' as const, id, content: { name } })),
    ...library.playlists.map((playlist) =>
      playlist.tracks.map((track) => ({
        kind: 'listed' as const,
        id: listedId(playlist.id, track.id),
        content: { track: toSynced(track) },
      })),
    ),
    library.followed.map(({ slug, title, seenAtMs }) => ({
      kind: 'followed' as const,
      id: slug,
      content: { title, seenAtMs },
    })),
    library.bookmarks.map(({ id, track, atMs, note }) => ({
      kind: 'bookmark' as const,
      id,
      content: { track: toSynced(track), atMs, note },
    })),
  ]
}

/**
 * What the listener has changed since `items` were shown: items with other values, and removed ones. Each change is
 * later than what it changes, and otherwise has the time `changedAtMs`. `nowMs` sorts what is new.
 */
export function findChanges(
  items: readonly SyncedItem[],
  library: OwnLibrary,
  { changedAtMs, nowMs }: { changedAtMs: number; nowMs: number },
): SyncedItem[] {
  const known = new Map(items.map((item) => [itemKey(item), item]))
  const lists = listEntries(library)
  const there = new Set(lists.flat().map(itemKey))
  const change = ({ kind, id, value }: { kind: Kind; id: string; value: object | null }): SyncedItem => {
    const before = known.get(itemKey({ kind, id }))
    const at = before ? Math.max(changedAtMs, before.changedAtMs + 1) : changedAtMs
    return v.parse(syncedItemSchema, { kind, id, changedAtMs: at, value })
  }
  const changed = lists.flatMap((list) => {
    const rankOf = (id: string) => known.get(itemKey({ kind: list[0]?.kind ?? 'later', id }))?.value?.rank
    const ranks = rankInOrder(
      list.map(({ id }) => id),
      rankOf,
      nowMs,
    )
    return list.flatMap(({ kind, id, content }) => {
      const value = { rank: ranks.get(id) ?? 0, ...content }
      const before = known.get(itemKey({ kind, id }))?.value
      return before && writeSorted(before) === writeSorted(value) ? [] : [change({ kind, id, value })]
    })
  })
  const removed = listEntries(showItems(items))
    .flat()
    .filter((entry) => !there.has(itemKey(entry)))
    .map(({ kind, id }) => change({ kind, id, value: null }))
  return [...changed, ...removed]
}
