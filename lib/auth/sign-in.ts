import { isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { AppError } from '#lib/errors.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

export const signInSchema = z.object({
  email: textLine({ name: 'email address', max: 320, required: 'Enter your email address.' }),
  password: textKey({ name: 'password', max: 1000, required: 'Enter your password.' }),
})

/**
 * Signs a user in with the given session client. Throws `not_signed_in` for a wrong address or password, without
 * revealing which; `rate_limited`; `unavailable` when the auth server does not answer.
 */
export async function signIn(
  { session }: { session: SessionClient },
  { email, password }: z.infer<typeof signInSchema>,
): Promise<{ userId: string }> {
  const { data, error } = await session.auth.signInWithPassword({ email, password })
  if (!error) return { userId: data.user.id }
  if (error.status === 429) {
    throw new AppError('rate_limited', 'Too many attempts. Wait a minute, then try again.', { cause: error })
  }
  if (isAuthRetryableFetchError(error) || (error.status ?? 500) >= 500) {
    throw new AppError('unavailable', 'Signing in is not possible right now. Try again in a moment.', {
      cause: error,
    })
  }
  throw new AppError('not_signed_in', 'The email or the password is not right. Check both, then try again.', {
    reason: 'auth.wrong_credentials',
    cause: error,
  })
}
