import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { type Actor, readActor } from '#lib/auth/actor.ts'
import { roleWithin } from '#lib/auth/token-scopes.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { apiTokens } from '#lib/db/schema.ts'

const PREFIX = 'selah_'

/** The SHA-256 that is stored in place of a token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A new bearer token: 256 random bits after a prefix that secret scanners can recognise. */
export function generateToken(): string {
  return PREFIX + randomBytes(32).toString('base64url')
}

/**
 * The person a bearer token acts for, narrowed to the token's church and to the role of its scope; null when the token
 * is unknown, expired or revoked.
 */
export async function resolveTokenActor({ db }: { db: Database }, token: string): Promise<Actor | null> {
  if (!token.startsWith(PREFIX)) return null
  const now = new Date()
  const [row] = await db
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiTokens.tokenHash, hashToken(token)),
        isNull(apiTokens.revokedAt),
        or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)),
      ),
    )
    .returning()
  return row ? actorOfToken({ db }, row) : null
}

/** The person for whom a stored token acts, with what is left of their memberships. */
export async function actorOfToken(
  { db }: { db: Database },
  row: typeof apiTokens.$inferSelect,
): Promise<Actor | null> {
  const actor = await readActor({ db }, row.userId)
  if (!actor) return null
  const memberships = actor.memberships
    .filter(({ churchId }) => churchId === row.churchId)
    .map((membership) => ({ ...membership, role: roleWithin(row.scope, membership.role) }))
  return { ...actor, memberships, grant: { kind: 'token', id: row.id, signedInAt: row.signedInAt } }
}
