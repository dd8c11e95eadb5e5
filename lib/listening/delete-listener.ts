import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Actor } from '#lib/auth/actor.ts'
import type { ServiceClient } from '#lib/auth/create-service-client.ts'
import { hasAuthTables } from '#lib/auth/has-auth-tables.ts'
import { forgetKnownClients } from '#lib/auth/limit-sign-ins.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, profiles, sessionUses } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

/**
 * Deletes the account of a listener with all that is stored about them, and ends their sessions. `email` is what they
 * typed to confirm it. Throws `bad_request` for another address, `conflict` for a member of a church, and `unavailable`
 * when Auth does not answer: then their data is gone, and they can sign in and delete the empty account again.
 */
export async function deleteListener(
  { db, supabase }: { db: Database; supabase: ServiceClient },
  { actor, email }: { actor: Actor; email: string },
): Promise<void> {
  if (email.trim().toLowerCase() !== actor.email.toLowerCase()) {
    throw new AppError('bad_request', 'Type the email address of your account to confirm.')
  }
  if (actor.memberships.length > 0) {
    throw new AppError(
      'conflict',
      'You belong to the team of a church. Ask an owner to remove you, then delete your account.',
      { reason: 'account.is_member' },
    )
  }
  const { userId } = actor
  const hasSessions = await hasAuthTables(db)
  await db.transaction(async (tx) => {
    if (hasSessions) {
      await tx
        .delete(sessionUses)
        .where(sql`${sessionUses.sessionId} in (select id from auth.sessions where user_id = ${userId})`)
    }
    await tx.delete(auditLog).where(and(eq(auditLog.actorId, userId), isNull(auditLog.churchId)))
    await forgetKnownClients({ db: tx }, { email: actor.email })
    // Library, places and tokens go with the profile, and a session without a profile is refused.
    await tx.delete(profiles).where(eq(profiles.id, userId))
  })
  const { error } = await supabase.auth.admin.deleteUser(userId)
  if (error && error.code !== 'user_not_found') {
    throw new AppError(
      'unavailable',
      'Your library and your places were deleted, but the account was not. Sign in again in a moment and repeat it.',
      { cause: error },
    )
  }
}
