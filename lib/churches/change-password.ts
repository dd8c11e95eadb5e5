import { z } from 'zod'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { limitSignIns } from '#lib/auth/limit-sign-ins.ts'
import { noteSecondFactor } from '#lib/auth/second-factor.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import { storePassword } from '#lib/churches/set-password.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { textKey } from '#lib/text/text-input.ts'

export const changePasswordSchema = z.object({
  current: textKey({ name: 'password', max: 1000, required: 'Enter your current password.' }),
  password: ownerCredentialsSchema.shape.password,
})

/**
 * Changes the password of a signed-in person who gives the current one, and ends their other sessions. `session` gets
 * a new session, because Auth may refuse the change in an old one. Guesses at the current password are paced like
 * sign-ins. Throws `forbidden` for a wrong current password, `bad_request` for a weak new one, `rate_limited`,
 * `unavailable`.
 */
export async function changePassword(
  services: { db: Database; session: SessionClient },
  input: z.infer<typeof changePasswordSchema> & {
    person: { userId: string; email: string; churchId: string }
    client: { key: string; isShared: boolean }
  },
): Promise<void> {
  const { db, session } = services
  const { person, client, current, password } = input
  const { userId, email, churchId } = person
  try {
    await limitSignIns({ db }, { email, client }, () => signIn({ session }, { email, password: current }))
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_signed_in') throw error
    throw new AppError('forbidden', 'The current password is wrong. Check it, then try again.', {
      reason: 'auth.wrong_password',
      cause: error,
    })
  }
  // The person has given the second factor in this session, and the new session replaces it.
  const { data } = await session.auth.getClaims()
  if (data) await noteSecondFactor(db, { sessionId: data.claims.session_id })
  await storePassword({ session }, password)
  await session.auth.signOut({ scope: 'others' })
  await db.insert(auditLog).values({ churchId, actorId: userId, action: 'password.changed', subject: userId })
}
