import { z } from 'zod/mini'
import type { SermonView } from '#lib/sermons/sermon.ts'

const facet = z.object({
  status: z.enum(['waiting', 'pending', 'running', 'ready', 'failed']),
  progress: z.number(),
  error: z.nullable(z.object({ reason: z.string(), message: z.string() })),
})
const recording = z.object({
  track: z.object({ number: z.number(), of: z.number() }),
  repaired: z.array(z.object({ code: z.string(), message: z.string() })),
  warnings: z.array(
    z.object({
      code: z.string(),
      message: z.string(),
      announcedMs: z.number(),
      foundMs: z.number(),
      confirmed: z.boolean(),
    }),
  ),
})
const sermon: z.ZodMiniType<SermonView> = z.object({
  id: z.string(),
  slug: z.string(),
  churchId: z.string(),
  title: z.string(),
  description: z.string(),
  scripture: z.string(),
  speaker: z.nullable(z.object({ id: z.string(), slug: z.string(), name: z.string() })),
  series: z.nullable(z.object({ id: z.string(), slug: z.string(), title: z.string() })),
  preachedOn: z.nullable(z.string()),
  language: z.string(),
  publication: z.enum(['draft', 'scheduled', 'published']),
  publishAt: z.nullable(z.string()),
  publishedAt: z.nullable(z.string()),
  trashedAt: z.nullable(z.string()),
  durationMs: z.nullable(z.number()),
  mediaRevision: z.number(),
  recording: z.nullable(recording),
  isTextOnly: z.boolean(),
  isSample: z.boolean(),
  facets: z.object({ media: facet, transcript: facet, index: facet }),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** Reads the sermon of a `sermon` event; null if it has another shape, for example after an update of the server. */
export function readSermonEvent(data: string): SermonView | null {
  try {
    return sermon.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}
