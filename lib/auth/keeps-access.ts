import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { type Actor, isMember, readActor } from '#lib/auth/actor.ts'
import { hasAuthTables } from '#lib/auth/has-auth-tables.ts'
import { actorOfToken } from '#lib/auth/resolve-token-actor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { apiTokens } from '#lib/db/schema.ts'

/**
 * Whether a caller still belongs to every church of their request, for an answer that takes minutes. False when their
 * session or token has ended.
 */
export async function keepsAccess(services: { db: Database }, actor: Actor): Promise<boolean> {
  const renewed = await renewActor(services, actor)
  return renewed !== null && actor.memberships.every(({ churchId }) => isMember(renewed, churchId))
}

async function renewActor({ db }: { db: Database }, actor: Actor): Promise<Actor | null> {
  const { grant } = actor
  if (grant?.kind === 'token') {
    const isValid = and(
      eq(apiTokens.id, grant.id),
      isNull(apiTokens.revokedAt),
      or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, sql`now()`)),
    )
    const [row] = await db.select().from(apiTokens).where(isValid)
    return row ? actorOfToken({ db }, row) : null
  }
  if (grant && !(await isSessionOpen({ db }, { id: grant.id, userId: actor.userId }))) return null
  const renewed = await readActor({ db }, actor.userId)
  return renewed && { ...renewed, ...(grant ? { grant } : {}) }
}

/** Where Auth keeps its sessions in another database, only the memberships are read again. */
async function isSessionOpen(
  { db }: { db: Database },
  { id, userId }: { id: string; userId: string },
): Promise<boolean> {
  if (!(await hasAuthTables(db))) return true
  const { rows } = await db.execute(
    sql`select from auth.sessions
          where id = ${id} and user_id = ${userId} and coalesce(not_after > now(), true)`,
  )
  return rows.length > 0
}
