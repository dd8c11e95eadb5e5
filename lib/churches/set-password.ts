import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import { revokeTokensOfSignIns } from '#lib/auth/api-tokens.ts'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { textKey } from '#lib/text/text-input.ts'

export const setPasswordSchema = z.object({
  token: textKey({ name: 'token', max: 200, required: 'Open the link again.' }),
  kind: z.enum(['invite', 'recovery']),
  password: ownerCredentialsSchema.shape.password,
})

/**
 * Sets the password with the token of a link, signs the user in with `session`, and ends all their other sessions and the tokens of
 * their sign-ins.
 * Throws AppError `forbidden` when the link was used or has expired.
 */
export async function setPassword(
  { db, session }: { db: Database; session: SessionClient },
  { token, kind, password }: z.infer<typeof setPasswordSchema>,
): Promise<void> {
  const verified = await session.auth.verifyOtp({ token_hash: token, type: kind })
  if (verified.error) {
    if (isAuthRetryableFetchError(verified.error)) throw createUnavailableError(verified.error)
    throw new AppError('forbidden', 'This link was used already, or has expired. Ask for a new one.', {
      reason: 'auth.link_expired',
      cause: verified.error,
    })
  }
  await storePassword({ session }, password)
  await session.auth.signOut({ scope: 'others' })
  const userId = verified.data.user?.id
  if (userId) await revokeTokensOfSignIns({ db }, { userId })
}

/** Gives the person of the session a new password. Throws `bad_request` for a weak one, and `unavailable`. */
export async function storePassword(
  { session }: { session: SessionClient },
  password: string,
): Promise<void> {
  const { error } = await session.auth.updateUser({ password })
  // The same password as before is as good as a new one here.
  if (!error || error.code === 'same_password') return
  if (error.code === 'weak_password') {
    throw new AppError('bad_request', 'Choose a stronger password.', { cause: error })
  }
  throw createUnavailableError(error)
}

function createUnavailableError(cause: unknown): AppError {
  return new AppError('unavailable', 'The password could not be set right now. Try again in a moment.', {
    cause,
  })
}
