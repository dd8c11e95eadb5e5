import type { Track } from '#components/player/track.ts'
import { type OwnLibrary, type Playlist, toStored, without } from './own-library.ts'
import { LONGEST_PLAYLIST_NAME, MAX_PLAYLIST_TRACKS } from './playlist-limits.ts'

export const MAX_PLAYLISTS = 100

const tidy = (name: string) => name.replace(/\s+/g, ' ').trim().slice(0, LONGEST_PLAYLIST_NAME)

const changeOne = (
  library: OwnLibrary,
  id: string,
  change: (playlist: Playlist) => Playlist,
): OwnLibrary => ({
  ...library,
  playlists: library.playlists.map((playlist) => (playlist.id === id ? change(playlist) : playlist)),
})

/** A library with one more playlist. Without a name, or with too many playlists, nothing changes. */
export function createPlaylist(
  library: OwnLibrary,
  { id, name, tracks }: { id: string; name: string; tracks: readonly Track[] },
): OwnLibrary {
  if (tidy(name) === '' || library.playlists.length >= MAX_PLAYLISTS) return library
  const created = { id, name: tidy(name), tracks: tracks.slice(0, MAX_PLAYLIST_TRACKS).map(toStored) }
  return { ...library, playlists: [created, ...library.playlists] }
}

/** Without a name nothing changes. */
export function renamePlaylist(library: OwnLibrary, id: string, name: string): OwnLibrary {
  return tidy(name) === ''
    ? library
    : changeOne(library, id, (playlist) => ({ ...playlist, name: tidy(name) }))
}

export function deletePlaylist(library: OwnLibrary, id: string): OwnLibrary {
  return { ...library, playlists: library.playlists.filter((playlist) => playlist.id !== id) }
}

/** Adds a track at the end of a playlist. Where it was in it already, it stays. */
export function addToPlaylist(library: OwnLibrary, id: string, track: Track): OwnLibrary {
  return changeOne(library, id, (playlist) =>
    playlist.tracks.some((other) => other.id === track.id) || playlist.tracks.length >= MAX_PLAYLIST_TRACKS
      ? playlist
      : { ...playlist, tracks: [...playlist.tracks, toStored(track)] },
  )
}

export function removeFromPlaylist(library: OwnLibrary, id: string, track: { id: string }): OwnLibrary {
  return changeOne(library, id, (playlist) => ({ ...playlist, tracks: without(playlist.tracks, track) }))
}

/** Moves a track up (`by` -1) or down (1). At the ends of the playlist it stays. */
export function moveInPlaylist(
  library: OwnLibrary,
  id: string,
  track: { id: string },
  by: -1 | 1,
): OwnLibrary {
  return changeOne(library, id, (playlist) => {
    const from = playlist.tracks.findIndex((other) => other.id === track.id)
    const moved = playlist.tracks[from]
    if (!moved || from + by < 0 || from + by >= playlist.tracks.length) return playlist
    return { ...playlist, tracks: without(playlist.tracks, track).toSpliced(from + by, 0, moved) }
  })
}

/** The address of a page that shows the playlist to anyone. Its query holds the name and the sermons. */
export function playlistHref({ name, tracks }: { name: string; tracks: readonly Track[] }): string {
  const query = new URLSearchParams({ name })
  for (const { pageHref } of tracks)
    query.append('sermon', decodeURIComponent(pageHref.replace('/sermons/', '')))
  return `/playlist?${query}`
}
