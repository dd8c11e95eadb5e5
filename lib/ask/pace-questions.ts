import { AppError } from '#lib/errors.ts'
import { createTokenBucket } from '#lib/rate-limits/token-bucket.ts'

// With a model every question costs money; without one, a few milliseconds.
const modelPace = createTokenBucket({ capacity: 30, refillMs: 2000 })
const plainPace = createTokenBucket({ capacity: 200, refillMs: 200 })

/** Counts a question of the caller `key`. Throws `rate_limited` when there were too many in a short time. */
export function paceQuestions(
  env: { OPENAI_API_KEY?: string | undefined; OPENAI_BASE_URL?: string | undefined },
  key: string,
): void {
  const pace = env.OPENAI_API_KEY || env.OPENAI_BASE_URL ? modelPace : plainPace
  const turn = pace.take(key, Date.now())
  if (turn.allowed) return
  throw new AppError('rate_limited', 'Too many questions at once. Wait a few seconds, then ask again.', {
    reason: 'ask.too_many',
    retryAfterMs: turn.retryAfterMs,
  })
}
