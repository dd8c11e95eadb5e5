import { z } from 'zod'
import { type Actor, requireRecentSignIn } from '#lib/auth/actor.ts'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { ownerCredentialsSchema } from '#lib/churches/owner-credentials.ts'
import { storePassword } from '#lib/churches/set-password.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog } from '#lib/db/schema.ts'

export const choosePasswordSchema = z.object({ password: ownerCredentialsSchema.shape.password })

/**
 * Gives a listener a password, or another one, and ends their other sessions. They need none: so what proves who they are
 * is a sign-in within ten minutes. Throws `forbidden` without one, `bad_request` for a weak password, `unavailable`.
 */
export async function choosePassword(
  { db, session }: { db: Database; session: SessionClient },
  { actor, password }: { actor: Actor; password: string },
): Promise<void> {
  requireRecentSignIn(actor)
  await storePassword({ session }, password)
  await session.auth.signOut({ scope: 'others' })
  await db
    .insert(auditLog)
    .values({ actorId: actor.userId, action: 'password.changed', subject: actor.userId })
}
