import { z } from 'zod'
import { mediaLimits } from '#lib/media/media-limits.ts'

const timeMs = z.coerce.number().int().nonnegative().max(mediaLimits.maxDurationMs)

/** What the address of a quote card names: a span in milliseconds of the recording, and a shape. */
export const quoteCardQuery = z.object({
  start: timeMs,
  end: timeMs,
  shape: z.enum(['square', 'wide']).default('square'),
})
