import { z } from 'zod'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** What a player needs of a sermon that can be played, with the number of its recording. */
export const apiPlayableSchema = z.object({
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

/** Shapes a sermon with a recording for players. */
export function toApiPlayable(sermon: SermonView): z.infer<typeof apiPlayableSchema> {
  const { id, slug, title, scripture, language } = sermon
  return {
    ...{ id, slug, title, scripture, language },
    speaker: sermon.speaker?.name ?? null,
    series: sermon.series?.title ?? null,
    durationMs: sermon.durationMs ?? 0,
    recording: sermon.mediaRevision,
  }
}
