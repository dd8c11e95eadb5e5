import { z } from 'zod'
import { clipShapes } from '#lib/db/schema.ts'
import { mediaLimits } from '#lib/media/media-limits.ts'

const timeMs = z.int().nonnegative().max(mediaLimits.maxDurationMs)

/** What a clip is requested with: a span in milliseconds of the recording, and a shape. */
export const clipInput = z.strictObject({ start: timeMs, end: timeMs, shape: z.enum(clipShapes) })
