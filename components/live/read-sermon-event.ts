import { z } from 'zod/mini'
import type { SermonView } from '#lib/sermons/sermon.ts'

const facet = z.object({
  status: z.enum(['waiting', 'pending', 'running', 'ready', 'failed']),
  progress: z.number(),
  error: z.nullable(z.object({ reason: z.string(), message: z.string() })),
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
  isTextOnly: z.boolean(),
  isSample: z.boolean(),
  facets: z.object({ media: facet, transcript: facet, index: facet }),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** The sermon of a `sermon` event; null when the event is not one, such as after an update of the server. */
export function readSermonEvent(data: string): SermonView | null {
  try {
    return sermon.safeParse(JSON.parse(data)).data ?? null
  } catch {
    return null
  }
}
