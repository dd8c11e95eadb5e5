import { AppError } from '#lib/errors.ts'
import type { clientKey } from '#lib/rate-limits/client-key.ts'
import { createTokenBucket } from '#lib/rate-limits/token-bucket.ts'

/** Wrong guesses of one client at once, and how often it gets another. */
const guesses = createTokenBucket({ capacity: 30, refillMs: 10_000 })
/** Behind an address that many share, one of them must not lock the others out so easily. */
const sharedGuesses = createTokenBucket({ capacity: 600, refillMs: 500 })

/**
 * Signs a client in unless it has guessed wrong too often lately, at whatever addresses: the auth server
 * limits guesses at one address, but sees only us. A right pair costs nothing. Throws `rate_limited`.
 */
export async function paceSignIns<T>(
  { key, isShared }: ReturnType<typeof clientKey>,
  signIn: () => Promise<T>,
  now = Date.now,
): Promise<T> {
  const bucket = isShared ? sharedGuesses : guesses
  // Taken before the answer is known, so that many guesses at the same moment are all counted.
  const turn = bucket.take(key, now())
  if (!turn.allowed) {
    throw new AppError('rate_limited', 'Too many attempts. Wait a minute, then try again.', {
      retryAfterMs: turn.retryAfterMs,
    })
  }
  try {
    const signedIn = await signIn()
    bucket.giveBack(key)
    return signedIn
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_signed_in') bucket.giveBack(key)
    throw error
  }
}
