import { describeError } from '#lib/describe-error.ts'
import type { EngineQueue, JobEngine } from '#lib/jobs/connect-job-engine.ts'

/** An engine that has not said by then what its queues do counts as one that does not answer. */
const ANSWER_WITHIN_MS = 2000

/** What the job engine says of its queues; null when it does not answer, or not soon. Never throws. */
export async function readEngineQueues(jobs: JobEngine): Promise<EngineQueue[] | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS)
  const asked = jobs.listQueues().catch((error: unknown) => {
    console.warn(`The job engine did not say what its queues do: ${describeError(error).message}`)
    return null
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
  }
}
