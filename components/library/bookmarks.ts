import type { Track } from '#components/player/track.ts'
import { type Bookmark, type OwnLibrary, toStored } from './own-library.ts'

export const MAX_BOOKMARKS = 500
/** The longest note, in characters. */
export const LONGEST_NOTE = 500

/** A library with a bookmark at `atMs` of a track. */
export function addBookmark(
  library: OwnLibrary,
  { id, track, atMs, note }: { id: string; track: Track; atMs: number; note: string },
): OwnLibrary {
  const bookmark = {
    id,
    track: toStored(track),
    atMs: Math.round(atMs),
    note: note.trim().slice(0, LONGEST_NOTE),
  }
  return { ...library, bookmarks: [bookmark, ...library.bookmarks].slice(0, MAX_BOOKMARKS) }
}

export function changeNote(library: OwnLibrary, id: string, note: string): OwnLibrary {
  const bookmarks = library.bookmarks.map((bookmark) =>
    bookmark.id === id ? { ...bookmark, note: note.trim().slice(0, LONGEST_NOTE) } : bookmark,
  )
  return { ...library, bookmarks }
}

export function removeBookmark(library: OwnLibrary, id: string): OwnLibrary {
  return { ...library, bookmarks: library.bookmarks.filter((bookmark) => bookmark.id !== id) }
}

/** The bookmarks of one recording, in the order of their moments. */
export function bookmarksOf(library: OwnLibrary, { id }: { id: string }): Bookmark[] {
  return library.bookmarks
    .filter(({ track }) => track.id === id)
    .toSorted((first, second) => first.atMs - second.atMs)
}

/** The address at which a bookmark plays. */
export const bookmarkHref = ({ track, atMs }: Bookmark) => `${track.pageHref}?t=${Math.floor(atMs / 1000)}`
