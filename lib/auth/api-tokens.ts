import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { z } from 'zod'
import type { Member } from '#lib/auth/actor.ts'
import { generateToken, hashToken } from '#lib/auth/resolve-token-actor.ts'
import { scopesOf } from '#lib/auth/token-scopes.ts'
import { momentInput } from '#lib/dates/date-input.ts'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { apiTokens, auditLog, profiles, type TokenScope } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { textLine } from '#lib/text/text-input.ts'

const dayMs = 24 * 60 * 60 * 1000
const usualLifeDays = 365
const longestLifeDays = 3650

export const newTokenSchema = z.object({
  name: textLine({ name: 'name', max: 80, required: 'Give the token a name.' }),
  scope: z.enum(['read', 'write', 'operate']).optional(),
  expiresAt: momentInput.optional(),
})

export type ApiTokenView = {
  id: string
  name: string
  /** The email address of the member in whose name it acts. */
  owner: string
  scope: TokenScope
  /** The last four characters, to tell tokens apart. */
  hint: string
  createdAt: string
  lastUsedAt: string | null
  expiresAt: string | null
}

/**
 * Stores a token and returns it this one time; only its hash is kept. It acts for the user with any of their rights. With
 * `signedInAt` it is the token of a sign-in, which for a while may do what needs a recent one.
 */
export async function createApiToken(
  { db }: { db: DatabaseOrTransaction },
  input: {
    churchId: string
    userId: string
    name: string
    scope?: TokenScope
    expiresAt?: Date
    signedInAt?: Date
  },
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
      scope: input.scope ?? 'operate',
      expiresAt: input.expiresAt ?? null,
      signedInAt: input.signedInAt ?? null,
    })
    .returning({ id: apiTokens.id })
  if (!row) throw new Error('The token was not stored')
  return { id: row.id, token }
}

/**
 * Creates a token for a caller, who may be a token too: its scope is at most what the caller may do, and that is also
 * the default. It ends after a year unless `expiresAt` is given. Throws `forbidden` for a larger scope and
 * `bad_request` for a day more than ten years ahead.
 */
export async function mintApiToken(
  { db }: { db: DatabaseOrTransaction },
  { actor, churchId, role }: Member,
  { name, scope, expiresAt }: { name: string; scope?: TokenScope | undefined; expiresAt?: Date | undefined },
): Promise<{ id: string; token: string; scope: TokenScope; expiresAt: string }> {
  const allowed = scopesOf(role)
  const given = scope ?? allowed.at(-1) ?? 'read'
  if (!allowed.includes(given)) {
    throw new AppError('forbidden', 'A token cannot do more than you can here. Choose a smaller scope.', {
      reason: 'token.scope_too_large',
    })
  }
  const nowMs = Date.now()
  const ends = expiresAt ?? new Date(nowMs + usualLifeDays * dayMs)
  if (ends.getTime() > nowMs + longestLifeDays * dayMs) {
    throw new AppError('bad_request', 'Choose a day at most ten years ahead.')
  }
  return db.transaction(async (tx) => {
    const { userId } = actor
    const created = await createApiToken(
      { db: tx },
      { churchId, userId, name, scope: given, expiresAt: ends },
    )
    await tx.insert(auditLog).values({
      churchId,
      actorId: userId,
      action: 'token.created',
      subject: created.id,
      details: { name, scope: given, expiresAt: ends.toISOString() },
    })
    return { ...created, scope: given, expiresAt: ends.toISOString() }
  })
}

/** The tokens that were not revoked, newest first: of the whole church for an owner, else the member's own. */
export async function listApiTokens(
  { db }: { db: DatabaseOrTransaction },
  member: Member,
): Promise<ApiTokenView[]> {
  const rows = await db
    .select({ token: apiTokens, email: profiles.email })
    .from(apiTokens)
    .innerJoin(profiles, eq(profiles.id, apiTokens.userId))
    .where(and(ofMember(member), isNull(apiTokens.revokedAt)))
    .orderBy(desc(apiTokens.createdAt))
  return rows.map(({ token, email }) => ({
    id: token.id,
    name: token.name,
    owner: email,
    scope: token.scope,
    hint: token.hint,
    createdAt: token.createdAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    expiresAt: token.expiresAt?.toISOString() ?? null,
  }))
}

/** Ends a token at once. Throws `not_found` for one that the member may not see. */
export async function revokeApiToken(
  { db }: { db: DatabaseOrTransaction },
  member: Member,
  { id }: { id: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const revoked = await tx
      .update(apiTokens)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiTokens.id, id), ofMember(member), isNull(apiTokens.revokedAt)))
      .returning({ id: apiTokens.id, name: apiTokens.name })
    if (revoked.length === 0)
      throw new AppError('not_found', 'This token is not here. It may have been revoked.')
    await tx.insert(auditLog).values({
      churchId: member.churchId,
      actorId: member.actor.userId,
      action: 'token.revoked',
      subject: id,
      details: { name: revoked[0]?.name },
    })
  })
}

/**
 * Ends the tokens that the sign-ins of a person made, on the command line: they are its sessions. Tokens that were made for
 * programs stay; people see and revoke them in Settings.
 */
export async function revokeTokensOfSignIns(
  { db }: { db: DatabaseOrTransaction },
  { userId }: { userId: string },
): Promise<void> {
  await db
    .update(apiTokens)
    .set({ revokedAt: new Date() })
    .where(and(eq(apiTokens.userId, userId), isNotNull(apiTokens.signedInAt), isNull(apiTokens.revokedAt)))
}

function ofMember({ churchId, role, actor }: Member) {
  const inChurch = eq(apiTokens.churchId, churchId)
  return role === 'owner' ? inChurch : and(inChurch, eq(apiTokens.userId, actor.userId))
}
