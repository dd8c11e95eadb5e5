import { type Choosing, chooseRuns } from './choose-runs.ts'
import { type Attempting, runAttempt } from './run-attempt.ts'
import { type Starting, startRuns } from './start-runs.ts'
import { resumeRuns, type Suspending } from './suspend-run.ts'

/**
 * Returns a function that starts and resumes all runs that may do so now. A call during a pass causes
 * another pass afterwards, so no run is missed and passes do not overlap.
 */
export function createPump(
  deps: Choosing & Starting & Suspending & Attempting & { isStopping(): boolean },
): () => void {
  let working = false
  let again = false

  async function work() {
    do {
      again = false
      resumeRuns(deps)
      const chosen = await chooseRuns(deps)
      if (chosen.length === 0) continue
      for (const active of await startRuns(deps, chosen)) {
        void runAttempt(deps, active)
        if (deps.isStopping()) active.shutDown()
      }
      again = true
    } while (again && !deps.isStopping())
  }

  return function pump() {
    if (deps.isStopping()) return
    if (working) {
      again = true
      return
    }
    working = true
    work()
      .catch((error) => deps.log(`Starting runs failed: ${error instanceof Error ? error.message : error}`))
      .finally(() => {
        working = false
        if (again) pump()
      })
  }
}
