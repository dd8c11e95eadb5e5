import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import { AppError } from '#lib/errors.ts'
import { textKey } from '#lib/text/text-input.ts'

export const setPasswordSchema = z.object({
  token: textKey({ name: 'token', max: 200, required: 'Open the link again.' }),
  kind: z.enum(['invite', 'recovery']),
  password: ownerCredentialsSchema.shape.password,
})

/**
 * Sets the password with the token of a link, signs the person in with `session`, and ends all their other sessions.
 * Throws AppError `forbidden` when the link was used or has expired.
 */
export async function setPassword(
  { session }: { session: SessionClient },
  { token, kind, password }: z.infer<typeof setPasswordSchema>,
): Promise<void> {
  const verified = await session.auth.verifyOtp({ token_hash: token, type: kind })
  if (verified.error) {
    if (isAuthRetryableFetchError(verified.error)) throw notNow(verified.error)
    throw new AppError('forbidden', 'This link was used already, or has expired. Ask for a new one.', {
      reason: 'auth.link_expired',
      cause: verified.error,
    })
  }
  const changed = await session.auth.updateUser({ password })
  // The same password as before is as good as a new one here.
  if (changed.error && changed.error.code !== 'same_password') {
    if (changed.error.code === 'weak_password') {
      throw new AppError('bad_request', 'Choose a stronger password.', { cause: changed.error })
    }
    throw notNow(changed.error)
  }
  await session.auth.signOut({ scope: 'others' })
}

function notNow(cause: unknown): AppError {
  return new AppError('unavailable', 'The password could not be set right now. Try again in a moment.', {
    cause,
  })
}
