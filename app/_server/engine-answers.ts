import { jobEngine } from '#app/_server/job-engine.ts'
import { readEngineQueues } from '#lib/jobs/read-engine-queues.ts'

/** Open pages are fetched again after every change, and a hosted engine limits the number of requests. */
const ASK_EVERY_MS = 5000

let latest: { atMs: number; answers: Promise<boolean> } | undefined

/** Returns whether the job engine answered the latest check, at most five seconds ago. */
export function engineAnswers(): Promise<boolean> {
  if (!latest || Date.now() - latest.atMs > ASK_EVERY_MS) {
    latest = { atMs: Date.now(), answers: readEngineQueues(jobEngine()).then((queues) => queues !== null) }
  }
  return latest.answers
}
