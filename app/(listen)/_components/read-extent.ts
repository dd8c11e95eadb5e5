import { services } from '#app/_server/services.ts'
import type { Track } from '#components/player/track.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { type SermonFilter, writeFilterQuery } from '#lib/sermons/filter-sermons.ts'
import { listPlayableSermons, measurePublishedSermons } from '#lib/sermons/list-sermons.ts'

/** How much there is of a collection, on all pages. */
export type Extent = {
  /** How many sermons there are, and how long they are together. */
  total: number
  lengthMs: number
  playable: Playable | null
}

/**
 * What can be heard of a collection: the recording that was preached first, how many there are, and the query that asks
 * for all of them.
 */
export type Playable = { first: Track; count: number; query: string }

/** Reads how much there is of the sermons of a filter. */
export async function readExtent(filter: SermonFilter): Promise<Extent> {
  const [{ sermons: total, playable: count, lengthMs }, [first]] = await Promise.all([
    measurePublishedSermons(services(), filter),
    listPlayableSermons(services(), { ...filter, limit: 1 }),
  ])
  const playable = first ? { first: sermonTrack(first), count, query: writeFilterQuery(filter) } : null
  return { total, lengthMs, playable }
}
