import type { z } from 'zod'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { checkSecondFactor, noteSecondFactor } from '#lib/auth/second-factor.ts'
import { signIn, type signInSchema } from '#lib/auth/sign-in.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'

/**
 * Signs a person in who gives their password, and a code when they have a second factor. Throws what `signIn` and
 * `checkSecondFactor` throw; the session has ended then.
 */
export async function signInWithCode(
  services: { db: Database; env: Pick<Env, 'SUPABASE_SECRET_KEY'>; session: SessionClient },
  {
    code,
    isKnownClient,
    ...credentials
  }: z.infer<typeof signInSchema> & { code: string | undefined; isKnownClient: boolean },
): Promise<{ userId: string }> {
  const { db, session } = services
  const { userId } = await signIn({ session }, credentials)
  try {
    const place = isKnownClient ? 'known client' : 'stranger'
    if (await checkSecondFactor(services, { userId, code, place })) {
      const { data } = await session.auth.getClaims()
      if (data) await noteSecondFactor(db, { sessionId: data.claims.session_id })
    }
  } catch (error) {
    await session.auth.signOut({ scope: 'local' })
    throw error
  }
  return { userId }
}
