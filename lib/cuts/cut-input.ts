import { z } from 'zod'

/** A shorter part is a mistake: the media job refuses such recordings too. */
export const SHORTEST_PART_MS = 1000

const timeMs = z.number().int().nonnegative().max(86_400_000)

/** Where the published part begins and ends, in times of the uploaded recording. */
export const cutInputSchema = z.object({ startMs: timeMs, endMs: timeMs })
