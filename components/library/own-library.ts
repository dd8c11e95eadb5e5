import * as v from 'valibot'
import { type StoredTrack, trackSchema } from '#components/player/stored-track.ts'
import type { Track } from '#components/player/track.ts'
import { ownStorage } from '#components/ui/own-storage.ts'

export const libraryKey = 'selah:library'
export const MAX_HEARD = 100
export const MAX_LISTED = 200

const playlistSchema = v.object({ id: v.string(), name: v.string(), tracks: v.array(trackSchema) })
const followedSchema = v.object({
  slug: v.string(),
  title: v.string(),
  /** What was published later is new to the listener. */
  seenAtMs: v.number(),
})
const bookmarkSchema = v.object({ id: v.string(), track: trackSchema, atMs: v.number(), note: v.string() })
/** One part that cannot be read does not take the others with it. */
const listOf = <T>(entry: v.GenericSchema<T>) => v.fallback(v.optional(v.array(entry), []), [])

const librarySchema = v.object({
  /** To listen to later, the newest first. */
  later: listOf(trackSchema),
  /** What plays next, in order. */
  queue: listOf(trackSchema),
  /** What was listened to, the latest first. */
  heard: listOf(trackSchema),
  /** The listener's own, the newest first. */
  playlists: listOf(playlistSchema),
  /** Series whose new sermons the listener wants to know of. */
  followed: listOf(followedSchema),
  /** Moments that the listener wants to find again, the newest first. */
  bookmarks: listOf(bookmarkSchema),
})

/** What a listener keeps in this browser. */
export type OwnLibrary = v.InferOutput<typeof librarySchema>
export type Playlist = v.InferOutput<typeof playlistSchema>
export type Bookmark = v.InferOutput<typeof bookmarkSchema>
export type FollowedSeries = v.InferOutput<typeof followedSchema>
/** The lists of sermons that every listener has. */
export type LibraryList = 'later' | 'queue' | 'heard'

export const emptyLibrary: OwnLibrary = {
  later: [],
  queue: [],
  heard: [],
  playlists: [],
  followed: [],
  bookmarks: [],
}

/** The library in a stored text. A part that is missing or unreadable is empty. */
export function parseLibrary(stored: string | null): OwnLibrary {
  try {
    return v.parse(librarySchema, JSON.parse(stored ?? ''))
  } catch {
    return emptyLibrary
  }
}

/** Waveform and chapters are left out: they are large or may change, and the player can do without. */
export const toStored = ({ chapters: _, ...track }: Track): StoredTrack => ({
  ...track,
  language: track.language ?? null,
  peaks: [],
})

export const without = (list: readonly StoredTrack[], { id }: { id: string }) =>
  list.filter((track) => track.id !== id)

/** A library with the track in one more place; where it already was, it moves. */
export function place(
  library: OwnLibrary,
  track: Track,
  where: 'first' | 'last',
  list: LibraryList,
): OwnLibrary {
  const stored = toStored(track)
  const others = without(library[list], track)
  const placed = where === 'first' ? [stored, ...others] : [...others, stored]
  return { ...library, [list]: placed.slice(0, list === 'heard' ? MAX_HEARD : MAX_LISTED) }
}

/** Keeps the library in the storage of this browser. Reads and tells like a store, for `useSyncExternalStore`. */
class LibraryStore {
  #text: string | null = null
  #library = emptyLibrary
  readonly #listeners = new Set<() => void>()

  readonly read = (): OwnLibrary => {
    // Another tab may have changed it.
    const text = ownStorage()?.getItem(libraryKey) ?? null
    if (text !== this.#text) {
      this.#text = text
      this.#library = parseLibrary(text)
    }
    return this.#library
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    window.addEventListener('storage', listener)
    return () => {
      this.#listeners.delete(listener)
      window.removeEventListener('storage', listener)
    }
  }

  /** Replaces the library by what `change` makes of it. */
  change(change: (library: OwnLibrary) => OwnLibrary): void {
    this.#write(change(this.read()))
  }

  playNext(track: Track): void {
    this.#write(place(this.read(), track, 'first', 'queue'))
  }

  addToQueue(tracks: readonly Track[]): void {
    this.#write(tracks.reduce((library, track) => place(library, track, 'last', 'queue'), this.read()))
  }

  /** Removes and returns what plays next. */
  takeNext(): Track | null {
    const [next, ...queue] = this.read().queue
    if (next) this.#write({ ...this.read(), queue })
    return next ?? null
  }

  keepForLater(track: Track): void {
    this.#write(place(this.read(), track, 'first', 'later'))
  }

  noteHeard(track: Track): void {
    this.#write(place(this.read(), track, 'first', 'heard'))
  }

  remove(list: LibraryList, track: { id: string }): void {
    const library = this.read()
    this.#write({ ...library, [list]: without(library[list], track) })
  }

  clear(list: LibraryList): void {
    this.#write({ ...this.read(), [list]: [] })
  }

  #write(library: OwnLibrary): void {
    try {
      ownStorage()?.setItem(libraryKey, JSON.stringify(library))
    } catch {
      // Storage is full or not allowed: nothing is kept.
    }
    for (const listener of this.#listeners) listener()
  }
}

/** The one store of this browser tab. */
export const libraryStore = new LibraryStore()
