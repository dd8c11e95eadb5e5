import { z } from 'zod/mini'

const startedSchema = z.object({ runId: z.string() })

/** The id of the run that a retry started; undefined when the answer names none yet. */
export function readNewRunId(answer: unknown): string | undefined {
  return startedSchema.safeParse(answer).data?.runId
}
