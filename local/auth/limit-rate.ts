import { AuthError } from './auth-error.ts'

export interface RateLimits {
  /**
   * Counts one request of `key`. Throws AuthError 429 when there were more than `max` in the window.
   * Returns what takes the count back, for a request that turned out to be none of those to be limited.
   */
  take(key: string, max: number, windowSeconds: number, code?: string): () => void
}

const maxRememberedKeys = 20_000

/** Counts requests per fixed window in memory; a restart forgives. */
export function createRateLimits(now: () => number = Date.now): RateLimits {
  const windows = new Map<string, { endsAtMs: number; count: number }>()
  return {
    take(key, max, windowSeconds, code = 'over_request_rate_limit') {
      const atMs = now()
      let window = windows.get(key)
      if (!window || window.endsAtMs <= atMs) {
        if (windows.size >= maxRememberedKeys) forgetEnded(windows, atMs)
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

function forgetEnded(windows: Map<string, { endsAtMs: number }>, atMs: number): void {
  for (const [key, window] of windows) if (window.endsAtMs <= atMs) windows.delete(key)
  if (windows.size >= maxRememberedKeys) windows.clear()
}

/** For tests against one address that does in seconds what people do in days. */
export const noRateLimits: RateLimits = { take: () => () => undefined }
