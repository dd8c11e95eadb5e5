export const MAX_PLAYLIST_TRACKS = 100
/** The longest name of a playlist, in characters. */
export const LONGEST_PLAYLIST_NAME = 100
