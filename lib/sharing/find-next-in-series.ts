import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { readSeriesPlaylist } from './read-series-playlist.ts'

/** A sermon that can be played, and the number of its recording. */
export const apiNextSchema = z.object({
  next: z
    .object({
      id: z.uuid(),
      slug: z.string(),
      title: z.string(),
      speaker: z.string().nullable(),
      series: z.string().nullable(),
      scripture: z.string(),
      language: z.string(),
      durationMs: z.int(),
      recording: z.int(),
    })
    .nullable(),
})

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
  if (!found) return { next: null }
  const { id, slug, title, scripture, language } = found
  return {
    next: {
      ...{ id, slug, title, scripture, language },
      speaker: found.speaker?.name ?? null,
      series: series.title,
      durationMs: found.durationMs ?? 0,
      recording: found.mediaRevision,
    },
  }
}
