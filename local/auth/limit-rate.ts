import { networkOf } from '#lib/rate-limits/client-key.ts'
import { AuthError } from './auth-error.ts'

export interface RateLimits {
  /**
   * Counts one request of `key`. Throws AuthError 429 when there were more than `max` in the window.
   * Returns a function that uncounts the request.
   */
  take(key: string, max: number, windowSeconds: number, code?: string): () => void
}

const maxKeys = 20_000

/**
 * Counts requests per fixed window in memory; a restart resets the counts. When there are too many keys, those that
 * were first used longest ago are forgotten, never all of them: that would give everyone a new allowance.
 */
export function createRateLimits(now: () => number = Date.now): RateLimits {
  const windows = new Map<string, { endsAtMs: number; count: number }>()
  return {
    take(key, max, windowSeconds, code = 'over_request_rate_limit') {
      const atMs = now()
      let window = windows.get(key)
      if (!window || window.endsAtMs <= atMs) {
        windows.delete(key)
        if (windows.size >= maxKeys) makeRoom(windows, atMs)
        window = { endsAtMs: atMs + windowSeconds * 1000, count: 0 }
        windows.set(key, window)
      }
      window.count += 1
      if (window.count > max) {
        throw new AuthError(429, code, 'Request rate limit reached. Please wait a few minutes and try again.')
      }
      const counted = window
      return () => {
        counted.count -= 1
      }
    },
  }
}

function makeRoom(windows: Map<string, { endsAtMs: number }>, atMs: number): void {
  for (const [key, window] of windows) if (window.endsAtMs <= atMs) windows.delete(key)
  for (const [key] of windows) {
    if (windows.size < maxKeys) return
    windows.delete(key)
  }
}

/** Only for tests, which send more requests from one address in seconds than people do in days. */
export const noRateLimits: RateLimits = { take: () => () => undefined }

/**
 * Lets `check` compare a password with that of an account, for a caller who has only the publishable key: everyone. Wrong ones
 * are counted for each network and for the account. The product limits its own sign-ins, so this locks nobody out of it.
 * Throws what `check` throws, and AuthError 429.
 */
export async function limitPasswords<Result>(
  limits: RateLimits,
  { ip, account }: { ip: string; account: string },
  check: () => Promise<Result>,
): Promise<Result> {
  const uncount = [
    limits.take(`passwords from ${networkOf(ip)}`, 60, 300),
    limits.take(`passwords of ${account}`, 100, 3600),
  ]
  const result = await check()
  for (const one of uncount) one()
  return result
}

/**
 * Lets `check` accept something that could be guessed: a code of six digits, or the password of the person whose session
 * may be stolen. Ten wrong ones of an account are accepted in a day, of each `kind`. Links and sign-ins are not affected. Throws
 * what `check` throws, and AuthError 429.
 */
export async function limitProofs<Result>(
  limits: RateLimits,
  { kind, account }: { kind: 'code' | 'password'; account: string },
  check: () => Promise<Result>,
): Promise<Result> {
  const uncount = limits.take(`${kind} of ${account}`, 10, 24 * 3600)
  const result = await check()
  uncount()
  return result
}

/**
 * Counts one email for `email`, requested from `ip`, or from a caller that limits its own clients. Throws AuthError 429
 * `over_email_send_rate_limit`.
 */
export function limitEmails(limits: RateLimits, request: { ip: string | undefined; email: string }): void {
  if (request.ip !== undefined) {
    limits.take(`emails from ${networkOf(request.ip)}`, 100, 3600, 'over_email_send_rate_limit')
  }
  limits.take(`emails to ${request.email}`, 5, 600, 'over_email_send_rate_limit')
}
