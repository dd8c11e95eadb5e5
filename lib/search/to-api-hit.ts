import { z } from 'zod'
import type { PassageHit } from './search-passages.ts'

/** The shape of `toApiHit`. */
export const apiHitSchema = z.object({
  sermonId: z.uuid(),
  slug: z.string(),
  title: z.string(),
  speaker: z.string().nullable(),
  startMs: z.int().describe('Where the passage starts, in milliseconds.'),
  endMs: z.int(),
  text: z.string(),
  score: z.number(),
  draft: z.boolean().describe('Whether no person has reviewed this transcript.'),
})

/** The hit as the HTTP API shows it. */
export function toApiHit({
  sermonId,
  slug,
  title,
  speaker,
  startMs,
  endMs,
  text,
  score,
  isDraft,
}: PassageHit) {
  return {
    sermonId,
    slug,
    title,
    speaker,
    startMs,
    endMs,
    text,
    score: Math.round(score * 1000) / 1000,
    draft: isDraft,
  }
}
