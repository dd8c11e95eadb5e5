import { and, eq, isNull, sql } from 'drizzle-orm'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import { hasAuthTables } from '#lib/auth/has-auth-tables.ts'
import { removeSessions } from '#lib/auth/sessions.ts'
import type { Services } from '#lib/create-services.ts'
import type { Transaction } from '#lib/db/connect-database.ts'
import { apiTokens, auditLog, mediaAssets, memberships, profiles, type Role } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'

export interface MemberView {
  userId: string
  email: string
  displayName: string
  role: Role
  /** False for a person who was invited and has not chosen a password yet. */
  hasSignedIn: boolean
}

/**
 * Whether the person of a profile has signed in. Where it is not known they count as if: no link is made to the password
 * of a person who may have signed in.
 */
async function hasSignedIn(db: Services['db']) {
  return (await hasAuthTables(db))
    ? sql<boolean>`exists (select 1 from auth.users where id = ${profiles.id} and last_sign_in_at is not null)`
    : sql<boolean>`true`
}

/** The members of a church, in the order in which they joined. */
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
      hasSignedIn: await hasSignedIn(db),
    })
    .from(memberships)
    .innerJoin(profiles, eq(profiles.id, memberships.userId))
    .where(eq(memberships.churchId, churchId))
    .orderBy(memberships.createdAt)
}

/**
 * Makes a person a member and returns the link with which they choose their password. Nothing is sent. Throws
 * `conflict` for an existing member.
 */
export async function inviteMember(
  { db, supabase, env }: Pick<Services, 'db' | 'supabase' | 'env'>,
  input: { churchId: string; actorId: string; email: string; role: Role },
): Promise<{ link: string; userId: string; role: Role }> {
  const { churchId, actorId, role } = input
  const email = input.email.toLowerCase()
  const members = await listMembers({ db }, { churchId })
  if (members.some((member) => member.email.toLowerCase() === email)) throw alreadyMember()
  const { link, userId } = await invite({ db, supabase, env }, email)
  await db.transaction(async (tx) => {
    await tx.insert(profiles).values({ id: userId, email }).onConflictDoNothing()
    const added = await tx
      .insert(memberships)
      .values({ churchId, userId, role })
      .onConflictDoNothing()
      .returning({ userId: memberships.userId })
    if (added.length === 0) throw alreadyMember()
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'member.invited', subject: userId, details: { role } })
  })
  return { link, userId, role }
}

const alreadyMember = () =>
  new AppError('conflict', 'This person is a member already.', { reason: 'member.exists' })

/**
 * The link for a new member. A person who is a member of another church or has signed in, such as a listener, has an
 * account of their own, and a link to a new password would let the owner of this church act as them: they get the
 * address of the sign-in page.
 */
async function invite(
  { db, supabase, env }: Pick<Services, 'db' | 'supabase' | 'env'>,
  email: string,
): Promise<{ link: string; userId: string }> {
  const [elsewhere] = await db
    .select({ userId: profiles.id })
    .from(profiles)
    .leftJoin(memberships, eq(memberships.userId, profiles.id))
    .where(
      sql`lower(${profiles.email}) = ${email} and (${memberships.userId} is not null or ${await hasSignedIn(db)})`,
    )
    .limit(1)
  if (elsewhere) return { link: new URL('/sign-in', env.SITE_URL).href, userId: elsewhere.userId }
  return createPasswordLink({ supabase, siteUrl: env.SITE_URL }, { email, kind: 'invite' })
}

/**
 * Ends a membership at once, with the tokens of the member for this church, their unfinished uploads and all sessions. Throws
 * `not_found`, and `conflict` for the last owner.
 */
export async function removeMember(
  { db }: Pick<Services, 'db'>,
  { churchId, actorId, userId }: { churchId: string; actorId: string; userId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    await keepAnOwner(tx, { churchId, userId })
    const removed = await tx
      .delete(memberships)
      .where(and(eq(memberships.churchId, churchId), eq(memberships.userId, userId)))
      .returning({ userId: memberships.userId })
    if (removed.length === 0) throw new AppError('not_found', 'This person is not a member.')
    await tx
      .update(apiTokens)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiTokens.churchId, churchId), eq(apiTokens.userId, userId), isNull(apiTokens.revokedAt)))
    await closeUploads(tx, { churchId, userId })
    await removeSessions(tx, { userId })
    await tx.insert(auditLog).values({ churchId, actorId, action: 'member.removed', subject: userId })
  })
}

/** Gives a member another role, which counts from their next request. Throws `not_found`, and `conflict` for the last owner. */
export async function changeRole(
  { db }: Pick<Services, 'db'>,
  input: { churchId: string; actorId: string; userId: string; role: Role },
): Promise<void> {
  const { churchId, actorId, userId, role } = input
  await db.transaction(async (tx) => {
    if (role !== 'owner') await keepAnOwner(tx, { churchId, userId })
    const changed = await tx
      .update(memberships)
      .set({ role })
      .where(and(eq(memberships.churchId, churchId), eq(memberships.userId, userId)))
      .returning({ userId: memberships.userId })
    if (changed.length === 0) throw new AppError('not_found', 'This person is not a member.')
    if (role === 'viewer') await closeUploads(tx, { churchId, userId })
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'member.role_changed', subject: userId, details: { role } })
  })
}

/**
 * A new link for a person who was invited and has not signed in. The earlier link stops working. Throws `not_found`,
 * and `conflict` for a person who has signed in: a link would let the owner act as them.
 */
export async function renewInvitation(
  { db, supabase, env }: Pick<Services, 'db' | 'supabase' | 'env'>,
  { churchId, actorId, userId }: { churchId: string; actorId: string; userId: string },
): Promise<{ email: string; link: string }> {
  const members = await listMembers({ db }, { churchId })
  const member = members.find((candidate) => candidate.userId === userId)
  if (!member) throw new AppError('not_found', 'This person is not a member.')
  if (member.hasSignedIn) {
    throw new AppError('conflict', 'This person has signed in already and needs no invitation.', {
      reason: 'member.signed_in',
    })
  }
  const { link } = await createPasswordLink(
    { supabase, siteUrl: env.SITE_URL },
    { email: member.email, kind: 'invite' },
  )
  await db.insert(auditLog).values({ churchId, actorId, action: 'member.invited_again', subject: userId })
  return { email: member.email, link }
}

/**
 * Ends the uploads that a person has begun: a permission to upload is valid for two hours, and a recording that arrives
 * replaces the one that listeners hear.
 */
async function closeUploads(
  tx: Transaction,
  { churchId, userId }: { churchId: string; userId: string },
): Promise<void> {
  const objects = await tx
    .delete(mediaAssets)
    .where(
      and(
        eq(mediaAssets.churchId, churchId),
        eq(mediaAssets.uploadedBy, userId),
        isNull(mediaAssets.uploadedAt),
      ),
    )
    .returning({ bucket: mediaAssets.bucket, path: mediaAssets.path })
  if (objects.length === 0) return
  await enqueueEvent(tx, { type: 'sermon.removed', churchId, payload: { churchId, objects } })
}

/** Of two owners who remove each other at one moment, one has to stay. Throws `conflict` when `userId` is the last. */
async function keepAnOwner(
  tx: Transaction,
  { churchId, userId }: { churchId: string; userId: string },
): Promise<void> {
  const owners = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.churchId, churchId), eq(memberships.role, 'owner')))
    .for('update')
  if (owners.length > 0 && owners.every((owner) => owner.userId === userId)) {
    throw new AppError('conflict', 'A church needs an owner. Make another member an owner first.', {
      reason: 'member.last_owner',
    })
  }
}
