import { setTimeout as delay } from 'node:timers/promises'
import { describeError } from '#lib/describe-error.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000
/** A database that was killed is back within seconds. What is longer away is left to the reconciler. */
const PATIENCE_MS = 20_000

/**
 * Notes something about a run, again while the database is away. Never throws: what a run has done is done,
 * and what it may still do is not for its notes to decide. `note` must be safe to repeat.
 */
export async function recordWithRetry(
  note: () => Promise<void>,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<void> {
  const deadlineMs = performance.now() + patienceMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      await note()
      return
    } catch (error) {
      if (performance.now() + pauseMs > deadlineMs) {
        console.warn(`What became of a run could not be noted. ${describeError(error).message}`)
        return
      }
      await delay(pauseMs)
    }
  }
}
