export type TokenBucket = {
  /** Takes one token; how long to wait, in ms, where there is none. */
  take(key: string, nowMs: number): { allowed: true } | { allowed: false; retryAfterMs: number }
  /** Puts one back that was taken for nothing. */
  giveBack(key: string): void
}

const MAX_KEYS = 10_000

/** Allows each key `capacity` calls at once and one more every `refillMs`. Lives in this process alone. */
export function createTokenBucket({
  capacity,
  refillMs,
}: {
  capacity: number
  refillMs: number
}): TokenBucket {
  const buckets = new Map<string, { tokens: number; atMs: number }>()
  return {
    take(key, nowMs) {
      const known = buckets.get(key) ?? { tokens: capacity, atMs: nowMs }
      const tokens = Math.min(capacity, known.tokens + Math.max(0, nowMs - known.atMs) / refillMs)
      // Set again at the end of the map, so that the first key is the one longest unused.
      buckets.delete(key)
      const oldest = buckets.keys().next().value
      if (buckets.size >= MAX_KEYS && oldest !== undefined) buckets.delete(oldest)
      const allowed = tokens >= 1
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs: nowMs })
      return allowed ? { allowed } : { allowed, retryAfterMs: Math.ceil((1 - tokens) * refillMs) }
    },
    giveBack(key) {
      const known = buckets.get(key)
      if (known) known.tokens = Math.min(capacity, known.tokens + 1)
    },
  }
}
