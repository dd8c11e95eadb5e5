import { z } from 'zod'
import { revokeTokensOfSignIns } from '#lib/auth/api-tokens.ts'
import { currentPasswordSchema, signInAgain } from '#lib/auth/confirm-password.ts'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { noteSecondFactor } from '#lib/auth/second-factor.ts'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import { storePassword } from '#lib/churches/set-password.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog } from '#lib/db/schema.ts'

export const changePasswordSchema = z.object({
  current: currentPasswordSchema,
  password: ownerCredentialsSchema.shape.password,
})

/**
 * Changes the password of a signed-in person who gives the current one, and ends their other sessions and the tokens of their sign-ins. `session` gets
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
  await signInAgain({ db, session }, { email, password: current, client })
  // The person has given the second factor in this session, and the new session replaces it.
  const { data } = await session.auth.getClaims()
  if (data) await noteSecondFactor(db, { sessionId: data.claims.session_id })
  await storePassword({ session }, password)
  await session.auth.signOut({ scope: 'others' })
  await revokeTokensOfSignIns({ db }, { userId })
  await db.insert(auditLog).values({ churchId, actorId: userId, action: 'password.changed', subject: userId })
}
