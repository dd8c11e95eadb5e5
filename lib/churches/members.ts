import { and, eq, isNull, sql } from 'drizzle-orm'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import type { Services } from '#lib/create-services.ts'
import { apiTokens, auditLog, memberships, profiles, type Role } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

export interface MemberView {
  userId: string
  email: string
  displayName: string
  role: Role
}

/** The members of a church, the first to join first. */
export async function listMembers(
  { db }: Pick<Services, 'db'>,
  { churchId }: { churchId: string },
): Promise<MemberView[]> {
  return db
    .select({
      userId: profiles.id,
      email: profiles.email,
      displayName: profiles.displayName,
      role: memberships.role,
    })
    .from(memberships)
    .innerJoin(profiles, eq(profiles.id, memberships.userId))
    .where(eq(memberships.churchId, churchId))
    .orderBy(memberships.createdAt)
}

/**
 * Makes somebody a member and returns the link with which they choose their password. Nothing is sent. Throws
 * `conflict` for a member.
 */
export async function inviteMember(
  { db, supabase, env }: Pick<Services, 'db' | 'supabase' | 'env'>,
  input: { churchId: string; actorId: string; email: string; role: Role },
): Promise<{ link: string; userId: string; role: Role }> {
  const { churchId, actorId, role } = input
  const email = input.email.toLowerCase()
  const members = await listMembers({ db }, { churchId })
  if (members.some((member) => member.email.toLowerCase() === email)) {
    throw new AppError('conflict', 'This person is a member already.', { reason: 'member.exists' })
  }
  const { link, userId } = await createPasswordLink(
    { supabase, siteUrl: env.SITE_URL },
    { email, kind: 'invite' },
  )
  await db.transaction(async (tx) => {
    await tx.insert(profiles).values({ id: userId, email }).onConflictDoNothing()
    await tx.insert(memberships).values({ churchId, userId, role })
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'member.invited', subject: userId, details: { role } })
  })
  return { link, userId, role }
}

/**
 * Ends a membership at once, with the tokens of the member for this church and all sessions. Throws `not_found`, and
 * `conflict` for the last owner.
 */
export async function removeMember(
  { db }: Pick<Services, 'db'>,
  { churchId, actorId, userId }: { churchId: string; actorId: string; userId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    // Of two owners who remove each other at one moment, one has to stay.
    const owners = await tx
      .select({ userId: memberships.userId })
      .from(memberships)
      .where(and(eq(memberships.churchId, churchId), eq(memberships.role, 'owner')))
      .for('update')
    if (owners.length > 0 && owners.every((owner) => owner.userId === userId)) {
      throw new AppError('conflict', 'The last owner cannot be removed. Make somebody else an owner first.', {
        reason: 'member.last_owner',
      })
    }
    const removed = await tx
      .delete(memberships)
      .where(and(eq(memberships.churchId, churchId), eq(memberships.userId, userId)))
      .returning({ userId: memberships.userId })
    if (removed.length === 0) throw new AppError('not_found', 'This person is not a member.')
    await tx
      .update(apiTokens)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiTokens.churchId, churchId), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    // Auth has no call that ends the sessions of somebody else.
    await tx.execute(sql`delete from auth.sessions where user_id = ${userId}`)
    await tx.insert(auditLog).values({ churchId, actorId, action: 'member.removed', subject: userId })
  })
}
