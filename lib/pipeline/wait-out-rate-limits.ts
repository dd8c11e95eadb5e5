import { wait } from '@trigger.dev/sdk'
import { AppError } from '#lib/errors.ts'

const DEFAULT_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 60_000
const MOST_WAITS = 5

/**
 * Makes one request to a service, and when it says "too many requests" waits as long as it asks and
 * tries again, which costs no attempt of the run. A wait holds the run's process, so only short ones are
 * made, and a few in a row: the error then rises, for `postponeWhenLimited`. Other errors pass through.
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
