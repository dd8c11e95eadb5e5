import { and, desc, eq, isNull } from 'drizzle-orm'
import { generateToken, hashToken } from '#lib/auth/resolve-token-actor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { apiTokens } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

export type ApiTokenView = {
  id: string
  name: string
  /** The last four characters, to tell tokens apart. */
  hint: string
  createdAt: string
  lastUsedAt: string | null
  expiresAt: string | null
}

/** Makes a token and returns it this one time; only its hash is kept. */
export async function createApiToken(
  { db }: { db: Database },
  input: { churchId: string; userId: string; name: string; expiresAt?: Date },
): Promise<{ id: string; token: string }> {
  const token = generateToken()
  const [row] = await db
    .insert(apiTokens)
    .values({
      churchId: input.churchId,
      userId: input.userId,
      name: input.name,
      tokenHash: hashToken(token),
      hint: token.slice(-4),
      expiresAt: input.expiresAt ?? null,
    })
    .returning({ id: apiTokens.id })
  if (!row) throw new Error('The token was not stored')
  return { id: row.id, token }
}

/** The church's tokens that can still be used, newest first. */
export async function listApiTokens(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<ApiTokenView[]> {
  const rows = await db
    .select()
    .from(apiTokens)
    .where(and(eq(apiTokens.churchId, churchId), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.createdAt))
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  }))
}

/** Ends a token at once. Throws `not_found` for another church's. */
export async function revokeApiToken(
  { db }: { db: Database },
  { id, churchId }: { id: string; churchId: string },
): Promise<void> {
  const revoked = await db
    .update(apiTokens)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiTokens.id, id), eq(apiTokens.churchId, churchId), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id })
  if (revoked.length === 0)
    throw new AppError('not_found', 'This token is not here. It may have been revoked.')
}
