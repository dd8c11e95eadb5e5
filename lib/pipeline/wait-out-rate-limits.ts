import { wait } from '@trigger.dev/sdk'
import { AppError } from '#lib/errors.ts'

const DEFAULT_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 15 * 60_000

/**
 * Does vendor-bound work, and when the vendor says "too many requests" waits as long as it asks and goes
 * on: a limit is never a failure and costs no attempt. Other errors pass through.
 */
export async function waitOutRateLimits<Result>(perform: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await perform()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
      const delayMs = Math.min(LONGEST_WAIT_MS, Math.max(1000, error.retryAfterMs ?? DEFAULT_WAIT_MS))
      await wait.for({ seconds: Math.ceil(delayMs / 1000) })
    }
  }
}
