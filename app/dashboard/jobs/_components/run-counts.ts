import { z } from 'zod/mini'

const countsSchema = z.object({ total: z.number(), cancellable: z.number(), retryable: z.number() })
const changedSchema = z.object({ changed: z.number(), failed: z.number(), left: z.number() })

export type RunCounts = z.infer<typeof countsSchema>
export type RunsChanged = z.infer<typeof changedSchema>

/** What `GET /api/v1/runs/count` answers. */
export const readRunCounts = (answer: unknown): RunCounts => countsSchema.parse(answer)

/** What a bulk change answers. */
export const readRunsChanged = (answer: unknown): RunsChanged => changedSchema.parse(answer)
