import * as v from 'valibot'
import type { SermonView } from '#lib/sermons/sermon.ts'

const facet = v.object({
  status: v.picklist(['waiting', 'pending', 'running', 'ready', 'failed']),
  progress: v.number(),
  error: v.nullable(v.object({ reason: v.string(), message: v.string() })),
})
const recording = v.object({
  track: v.object({ number: v.number(), of: v.number() }),
  repaired: v.array(v.object({ code: v.string(), message: v.string() })),
  warnings: v.array(
    v.object({
      code: v.string(),
      message: v.string(),
      announcedMs: v.number(),
      foundMs: v.number(),
      confirmed: v.boolean(),
    }),
  ),
  cut: v.nullable(v.object({ startMs: v.number(), endMs: v.number() })),
})
const sermon: v.GenericSchema<SermonView> = v.object({
  id: v.string(),
  slug: v.string(),
  churchId: v.string(),
  title: v.string(),
  description: v.string(),
  scripture: v.string(),
  speaker: v.nullable(v.object({ id: v.string(), slug: v.string(), name: v.string() })),
  series: v.nullable(v.object({ id: v.string(), slug: v.string(), title: v.string() })),
  topics: v.array(v.object({ id: v.string(), slug: v.string(), name: v.string() })),
  preachedOn: v.nullable(v.string()),
  language: v.string(),
  publication: v.picklist(['draft', 'scheduled', 'published']),
  publishAt: v.nullable(v.string()),
  publishedAt: v.nullable(v.string()),
  trashedAt: v.nullable(v.string()),
  durationMs: v.nullable(v.number()),
  mediaRevision: v.number(),
  recording: v.nullable(recording),
  isTextOnly: v.boolean(),
  isSample: v.boolean(),
  facets: v.object({ media: facet, transcript: facet, index: facet }),
  createdAt: v.string(),
  updatedAt: v.string(),
})

/** Reads the sermon of a `sermon` event; null if it has another shape, for example after an update of the server. */
export function readSermonEvent(data: string): SermonView | null {
  try {
    return v.parse(sermon, JSON.parse(data))
  } catch {
    return null
  }
}
