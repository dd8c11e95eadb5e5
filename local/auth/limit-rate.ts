import { AuthError } from './auth-error.ts'

export interface RateLimits {
  /**
   * Counts one request of `key`. Throws AuthError 429 when there were more than `max` in the window.
   * Returns a function that uncounts the request.
   */
  take(key: string, max: number, windowSeconds: number, code?: string): () => void
}

const maxKeys = 20_000

/** Counts requests per fixed window in memory; a restart resets the counts. */
export function createRateLimits(now: () => number = Date.now): RateLimits {
  const windows = new Map<string, { endsAtMs: number; count: number }>()
  return {
    take(key, max, windowSeconds, code = 'over_request_rate_limit') {
      const atMs = now()
      let window = windows.get(key)
      if (!window || window.endsAtMs <= atMs) {
        if (windows.size >= maxKeys) removeEnded(windows, atMs)
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

function removeEnded(windows: Map<string, { endsAtMs: number }>, atMs: number): void {
  for (const [key, window] of windows) if (window.endsAtMs <= atMs) windows.delete(key)
  if (windows.size >= maxKeys) windows.clear()
}

/** Only for tests, which send more requests from one address in seconds than people do in days. */
export const noRateLimits: RateLimits = { take: () => () => undefined }

/**
 * Counts one email for `email`, requested from `ip`, or from a caller that limits its own clients. Throws AuthError 429
 * `over_email_send_rate_limit`.
 */
export function limitEmails(limits: RateLimits, request: { ip: string | undefined; email: string }): void {
  if (request.ip !== undefined) {
    limits.take(`emails from ${request.ip}`, 100, 3600, 'over_email_send_rate_limit')
  }
  limits.take(`emails to ${request.email}`, 5, 600, 'over_email_send_rate_limit')
}
