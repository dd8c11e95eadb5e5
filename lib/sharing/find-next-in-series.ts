import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { apiPlayableSchema, toApiPlayable } from '#lib/sermons/playable-sermon.ts'
import { readSeriesPlaylist } from './read-series-playlist.ts'

/** The sermon that is played next; null where there is none. */
export const apiNextSchema = z.object({ next: apiPlayableSchema.nullable() })

/**
 * The published sermon with a recording that follows in the series of a sermon, in the order in which they were preached.
 * Null after the last one, and for a sermon without a series. Throws `not_found` for a sermon that is not public.
 */
export async function findNextInSeries(
  services: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<z.infer<typeof apiNextSchema>> {
  const { series, churchId } = await findPublicSermon(services, { id: sermonId })
  if (!series) return { next: null }
  const { sermons } = await readSeriesPlaylist(services, { slug: series.slug })
  const at = sermons.findIndex(({ id }) => id === sermonId)
  const found = sermons.find(
    ({ facets, isTextOnly, durationMs, ...other }, place) =>
      at !== -1 &&
      place > at &&
      other.churchId === churchId &&
      facets.media.status === 'ready' &&
      !isTextOnly &&
      durationMs !== null,
  )
  return { next: found ? toApiPlayable(found) : null }
}
