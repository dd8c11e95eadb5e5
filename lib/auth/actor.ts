import { eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { churches, memberships, profiles, type Role } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

/**
 * `timeZone` is the IANA name of the zone in which the church reads times; `language` the tag of BCP 47 that its new
 * sermons get.
 */
export type Membership = {
  churchId: string
  churchName: string
  timeZone: string
  language: string
  role: Role
}

/**
 * What a request was sent with, and when the person last gave a password, or opened a one-time link, for it. Null for a
 * token that was not made by a sign-in.
 */
export type Grant =
  | { kind: 'session'; id: string; signedInAt: Date }
  | { kind: 'token'; id: string; signedInAt: Date | null }

/** A signed-in user with the churches they belong to. */
export type Actor = {
  userId: string
  email: string
  displayName: string
  memberships: Membership[]
  /** Absent for a person who did not send the request themselves. */
  grant?: Grant
}

/** An actor narrowed to one church they may act for. */
export type Member = { actor: Actor } & Membership

/**
 * How long after a sign-in it may do what would take over the account or the church. The command line signs in for a while
 * of work, and gets a token that lives an hour unless it asks for more.
 */
const recentMs = { session: 10 * 60_000, token: 60 * 60_000 }

const rank: Record<Role, number> = { viewer: 1, editor: 2, owner: 3 }

/** The user with this id and their memberships, or null when there is no such profile. */
export async function readActor({ db }: { db: Database }, userId: string): Promise<Actor | null> {
  const rows = await db
    .select({
      userId: profiles.id,
      email: profiles.email,
      displayName: profiles.displayName,
      churchId: memberships.churchId,
      churchName: churches.name,
      timeZone: churches.timeZone,
      language: churches.language,
      role: memberships.role,
    })
    .from(profiles)
    .leftJoin(memberships, eq(memberships.userId, profiles.id))
    .leftJoin(churches, eq(churches.id, memberships.churchId))
    .where(eq(profiles.id, userId))
  const [first] = rows
  if (!first) return null
  return {
    userId: first.userId,
    email: first.email,
    displayName: first.displayName,
    memberships: rows.flatMap(({ churchId, churchName, timeZone, language, role }) =>
      churchId && churchName && timeZone && language && role
        ? [{ churchId, churchName, timeZone, language, role }]
        : [],
    ),
  }
}

/**
 * The only place that decides whether an actor may act. The default of `churchId` is the actor's first church.
 * Throws `not_signed_in` without an actor, `not_found` for another church (its existence is not revealed), and
 * `forbidden` when the role is not sufficient, or when a step with `recentSignIn` is taken with a session or a token whose
 * sign-in is too long ago: a person who has stolen one must not be able to keep what it gives.
 */
export function requireMember(
  actor: Actor | null,
  required: { role: Role; churchId?: string; recentSignIn?: boolean | undefined },
): Member {
  if (!actor) throw new AppError('not_signed_in', 'Sign in to do this.')
  const membership = required.churchId
    ? actor.memberships.find(({ churchId }) => churchId === required.churchId)
    : actor.memberships[0]
  if (!membership) {
    if (required.churchId) throw new AppError('not_found', 'There is nothing here.')
    throw new AppError('forbidden', 'Your account does not belong to a church yet. Ask an owner to add you.')
  }
  if (rank[membership.role] < rank[required.role]) {
    throw new AppError(
      'forbidden',
      `This needs the ${required.role} role. Ask an owner of ${membership.churchName}.`,
    )
  }
  if (required.recentSignIn) requireRecentSignIn(actor)
  return { actor, ...membership }
}

/** Throws `forbidden` without a sign-in that is recent enough. */
export function requireRecentSignIn({ grant }: Actor): void {
  if (grant?.signedInAt && Date.now() - grant.signedInAt.getTime() <= recentMs[grant.kind]) return
  throw new AppError(
    'forbidden',
    grant?.kind === 'token'
      ? 'This needs a token of a sign-in within the last hour. Sign in with selah login, or POST /api/v1/login, then repeat it.'
      : 'This needs a sign-in within the last ten minutes. Sign out and in again, then repeat it.',
    { reason: 'auth.sign_in_again' },
  )
}

/** The first page after signing in: a listener without a church has no dashboard. */
export function homeOf(actor: Actor | null): '/dashboard' | '/library' {
  return actor && actor.memberships.length > 0 ? '/dashboard' : '/library'
}

/** Whether the actor belongs to the church with any role. */
export function isMember(actor: Actor | null, churchId: string): boolean {
  return actor?.memberships.some((membership) => membership.churchId === churchId) ?? false
}

/** Whether the actor may change the sermons of the church. */
export function isEditor(actor: Actor | null, churchId: string): boolean {
  return (
    actor?.memberships.some(
      (membership) => membership.churchId === churchId && rank[membership.role] >= rank.editor,
    ) ?? false
  )
}
