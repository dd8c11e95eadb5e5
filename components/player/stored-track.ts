import * as v from 'valibot'

/** A recording as this browser stores it. */
export const trackSchema = v.object({
  id: v.string(),
  title: v.string(),
  language: v.nullable(v.string()),
  artist: v.nullable(v.string()),
  album: v.nullable(v.string()),
  reference: v.string(),
  // Storage can be written by anything on this site: only pages of sermons and our own streams are used.
  pageHref: v.pipe(v.string(), v.startsWith('/sermons/')),
  hlsUrl: v.pipe(v.string(), v.startsWith('/api/v1/sermons/')),
  captionsUrl: v.pipe(v.string(), v.startsWith('/api/v1/sermons/')),
  durationMs: v.number(),
  peaks: v.array(v.number()),
  chapters: v.optional(v.pipe(v.array(v.object({ title: v.string(), startMs: v.number() })), v.readonly())),
})

export type StoredTrack = v.InferOutput<typeof trackSchema>
