import { createServiceClient } from '#lib/auth/create-service-client.ts'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { limitSignIns } from '#lib/auth/limit-sign-ins.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { textKey } from '#lib/text/text-input.ts'

export const currentPasswordSchema = textKey({
  name: 'password',
  max: 1000,
  required: 'Enter your current password.',
})

interface Given {
  email: string
  password: string
  client: { key: string; isShared: boolean }
}

/**
 * Signs a signed-in person in again with their current password; `session` gets the new session. Guesses are paced
 * like sign-ins. Throws `forbidden` for a wrong password, `rate_limited`, `unavailable`.
 */
export async function signInAgain(
  { db, session }: { db: Database; session: SessionClient },
  { email, password, client }: Given,
): Promise<void> {
  try {
    await limitSignIns({ db }, { email, client }, () => signIn({ session }, { email, password }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_signed_in') throw error
    throw new AppError('forbidden', 'The current password is wrong. Check it, then try again.', {
      reason: 'auth.wrong_password',
      cause: error,
    })
  }
}

/** Checks the current password of a signed-in person, whose session stays as it is. Throws as `signInAgain`. */
export async function confirmPassword(
  services: { db: Database; env: Pick<Env, 'SUPABASE_URL' | 'SUPABASE_SECRET_KEY'> },
  given: Given,
): Promise<void> {
  const { SUPABASE_URL: supabaseUrl, SUPABASE_SECRET_KEY: secretKey } = services.env
  // A client of its own: with the session of this sign-in it acts as the person, until it ends it.
  const session = createServiceClient({ supabaseUrl, secretKey })
  await signInAgain({ db: services.db, session }, given)
  await session.auth.signOut({ scope: 'local' })
}
