import { z } from 'zod/mini'

const countsSchema = z.object({ total: z.number(), cancellable: z.number(), retryable: z.number() })
const changedSchema = z.object({ changed: z.number(), failed: z.number(), left: z.number() })

export type RunCounts = z.infer<typeof countsSchema>
export type RunsChanged = z.infer<typeof changedSchema>

/** Parses the answer of `GET /api/v1/runs/count`. */
export const readRunCounts = (answer: unknown): RunCounts => countsSchema.parse(answer)

/** Parses the answer of a bulk change. */
export const readRunsChanged = (answer: unknown): RunsChanged => changedSchema.parse(answer)
