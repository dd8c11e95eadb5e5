import { z } from 'zod/mini'

/** A recording as this browser stores it. */
export const trackSchema = z.object({
  id: z.string(),
  title: z.string(),
  language: z.nullable(z.string()),
  artist: z.nullable(z.string()),
  album: z.nullable(z.string()),
  reference: z.string(),
  // Storage can be written by anything on this site: only pages of sermons and our own streams are used.
  pageHref: z.string().check(z.startsWith('/sermons/')),
  hlsUrl: z.string().check(z.startsWith('/api/v1/sermons/')),
  captionsUrl: z.string().check(z.startsWith('/api/v1/sermons/')),
  durationMs: z.number(),
  peaks: z.array(z.number()),
})

export type StoredTrack = z.infer<typeof trackSchema>
