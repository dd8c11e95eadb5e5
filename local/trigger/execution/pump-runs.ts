import type { Engine } from '../engine.ts'
import { resumeRuns } from '../waits/suspend-run.ts'
import { admitRuns } from './admit-runs.ts'
import { runAttempt } from './run-attempt.ts'

/**
 * Returns a function that starts whatever may start now. Calls while it works make it look once more
 * when it is done, so nothing is missed and nothing runs twice at the same time.
 */
export function createPump(engine: Engine, concurrency: number): () => void {
  let working = false
  let again = false

  async function work() {
    do {
      again = false
      resumeRuns(engine, concurrency)
      const admitted = await admitRuns(engine, concurrency)
      if (admitted.length === 0) continue
      const jobs = await engine.delivery.take(admitted.length)
      for (const job of jobs) void runAttempt(engine, job)
      again = true
    } while (again && !engine.stopping)
  }

  return () => {
    if (engine.stopping) return
    if (working) {
      again = true
      return
    }
    working = true
    work()
      .catch((error) => engine.log(`Starting runs failed: ${error instanceof Error ? error.message : error}`))
      .finally(() => {
        working = false
        if (again) engine.pump()
      })
  }
}
