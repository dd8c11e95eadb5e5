import { MAX_LISTED, type OwnLibrary, toStored } from '#components/library/own-library.ts'
import type { Track } from '#components/player/track.ts'

/**
 * A library with the tracks at the beginning of its queue, in their order, as many as there are places for: nothing else
 * leaves the queue for them but what plays before them. `leftOut` is how many found no place.
 */
export function queueFirst(
  library: OwnLibrary,
  { playing, tracks }: { playing: Track; tracks: readonly Track[] },
): { library: OwnLibrary; leftOut: number } {
  const ids = new Set([playing, ...tracks].map(({ id }) => id))
  const others = library.queue.filter(({ id }) => !ids.has(id))
  const placed = tracks.slice(0, Math.max(0, MAX_LISTED - others.length))
  return {
    library: { ...library, queue: [...placed.map(toStored), ...others] },
    leftOut: tracks.length - placed.length,
  }
}
