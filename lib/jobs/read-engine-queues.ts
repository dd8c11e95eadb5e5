import { describeError } from '#lib/describe-error.ts'
import type { EngineQueue, JobEngine } from '#lib/jobs/connect-job-engine.ts'

/** An engine that takes longer than this to list its queues counts as unavailable. */
const ANSWER_WITHIN_MS = 2000

/** The queues as the job engine reports them; null when it does not answer in time. Never throws. */
export async function readEngineQueues(jobs: JobEngine): Promise<EngineQueue[] | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS)
  const queues = jobs.listQueues().catch((error: unknown) => {
    console.warn(`The queues could not be read from the job engine: ${describeError(error).message}`)
    return null
  })
  try {
    return await Promise.race([queues, late])
  } finally {
    clearTimeout(timer)
  }
}
