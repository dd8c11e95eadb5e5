import { wait } from '@trigger.dev/sdk'
import { AppError } from '#lib/errors.ts'

const DEFAULT_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 60_000
const MOST_WAITS = 5

/**
 * Makes one request to a service. When the service answers "too many requests", waits for the time it names and
 * retries, which does not count as an attempt of the run. A wait occupies the process of the run, so after a few
 * short waits the error is thrown, for `postponeWhenLimited`. Other errors are thrown immediately.
 */
export async function waitOutRateLimits<Result>(perform: () => Promise<Result>): Promise<Result> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await perform()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
      const delayMs = Math.max(1000, error.retryAfterMs ?? DEFAULT_WAIT_MS)
      if (waits === MOST_WAITS || delayMs > LONGEST_WAIT_MS) throw error
      await wait.for({ seconds: Math.ceil(delayMs / 1000) })
    }
  }
}
