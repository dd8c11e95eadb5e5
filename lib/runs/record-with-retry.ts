import { setTimeout as delay } from 'node:timers/promises'
import { describeError } from '#lib/describe-error.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 2000
/** A killed database restarts within seconds. After a longer outage the reconciler updates the run. */
const RETRY_FOR_MS = 20_000

/**
 * Writes to the record of a run, and retries while the database is unavailable. Never throws: a run must not
 * fail because its record could not be written. `write` must be safe to repeat.
 */
export async function recordWithRetry(
  write: () => Promise<void>,
  { timeoutMs = RETRY_FOR_MS }: { timeoutMs?: number } = {},
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      await write()
      return
    } catch (error) {
      if (performance.now() + pauseMs > deadlineMs) {
        console.warn(`The state of a run could not be recorded. ${describeError(error).message}`)
        return
      }
      await delay(pauseMs)
    }
  }
}
