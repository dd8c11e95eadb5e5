import { jobEngine } from '#app/_server/job-engine.ts'
import { readEngineQueues } from '#lib/jobs/read-engine-queues.ts'

/** Open pages are fetched again after every change, and a hosted engine limits the number of requests. */
const ASK_EVERY_MS = 5000

let asked: { atMs: number; answers: Promise<boolean> } | undefined

/** Whether the job engine answered the latest check, at most five seconds ago. */
export function engineAnswers(): Promise<boolean> {
  if (!asked || Date.now() - asked.atMs > ASK_EVERY_MS) {
    asked = { atMs: Date.now(), answers: readEngineQueues(jobEngine()).then((queues) => queues !== null) }
  }
  return asked.answers
}
