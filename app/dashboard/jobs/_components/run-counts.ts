import * as v from 'valibot'

const countsSchema = v.object({ total: v.number(), cancellable: v.number(), retryable: v.number() })
const changedSchema = v.object({ changed: v.number(), failed: v.number(), left: v.number() })

export type RunCounts = v.InferOutput<typeof countsSchema>
export type RunsChanged = v.InferOutput<typeof changedSchema>

/** Parses the answer of `GET /api/v1/runs/count`. */
export const readRunCounts = (answer: unknown): RunCounts => v.parse(countsSchema, answer)

/** Parses the answer of a bulk change. */
export const readRunsChanged = (answer: unknown): RunsChanged => v.parse(changedSchema, answer)
