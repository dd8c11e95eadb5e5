import { recallPlace } from '#components/player/remember-listening.ts'
import type { StoredTrack } from '#components/player/stored-track.ts'
import { continueCookie } from './continue-cookie.ts'
import type { OwnLibrary } from './own-library.ts'

/** Less than this is a sermon that was opened, not one that was listened to. */
const STARTED_MS = 10_000
const MAX_UNFINISHED = 8

/** A sermon that the listener began and did not finish. */
export type Unfinished = { track: StoredTrack; placeMs: number }

/** The sermons that were begun and not finished, the latest first. */
export function listUnfinished({ heard }: OwnLibrary, storage?: Storage | null): Unfinished[] {
  return heard
    .map((track) => ({ track, placeMs: recallPlace(track.id, track.durationMs, storage) }))
    .filter(({ placeMs }) => placeMs >= STARTED_MS)
    .slice(0, MAX_UNFINISHED)
}

const DAYS_KEPT = 180

/** Tells the next request for the home page whether there is something to continue. */
export function announceUnfinished(isAny: boolean): void {
  const maxAge = isAny ? DAYS_KEPT * 86_400 : 0
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that we support.
  document.cookie = `${continueCookie}=1; path=/; max-age=${maxAge}; samesite=lax`
}
