import { createHash, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { AuthContext, Queryable } from './auth-context.ts'
import { describeUser, type UserRow } from './user-row.ts'

export type SignInMethod =
  | 'password'
  | 'otp'
  | 'recovery'
  | 'invite'
  | 'magiclink'
  | 'email/signup'
  | 'email_change'

/** Opens a session for the user and returns the answer that SDKs expect. Must run in a transaction. */
export async function startSession(
  context: AuthContext,
  tx: Queryable,
  user: UserRow,
  input: { method: SignInMethod; ip: string; userAgent: string | undefined },
): Promise<Record<string, unknown>> {
  const { rows } = await tx.query<{ id: string }>(
    'insert into auth.sessions (user_id, user_agent, ip) values ($1, $2, $3) returning id',
    [user.id, input.userAgent?.slice(0, 500) ?? null, isIP(input.ip) === 0 ? null : input.ip],
  )
  const sessionId = rows[0]?.id
  if (sessionId === undefined) throw new Error('The database returned no session')
  await tx.query('insert into auth.mfa_amr_claims (session_id, authentication_method) values ($1, $2)', [
    sessionId,
    input.method,
  ])
  await tx.query('update auth.users set last_sign_in_at = now() where id = $1', [user.id])
  const signedIn = { ...user, last_sign_in_at: new Date() }
  const refreshToken = await addRefreshToken(tx, { userId: user.id, sessionId, parent: null })
  return describeSession(context, tx, signedIn, { id: sessionId, refreshToken })
}

/** Creates a refresh token and returns it. Only its digest is stored, so that a copy of the database opens no session. */
export async function addRefreshToken(
  tx: Queryable,
  input: { userId: string; sessionId: string; parent: string | null },
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await tx.query(
    'insert into auth.refresh_tokens (token, user_id, session_id, parent) values ($1, $2, $3, $4)',
    [digestRefreshToken(token), input.userId, input.sessionId, input.parent],
  )
  return token
}

export function digestRefreshToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

export async function describeSession(
  context: AuthContext,
  tx: Queryable,
  user: UserRow,
  session: { id: string; refreshToken: string },
): Promise<Record<string, unknown>> {
  const { rows } = await tx.query<{ method: string; timestamp: number }>(
    `select authentication_method as method, extract(epoch from created_at)::int as timestamp
       from auth.mfa_amr_claims where session_id = $1 order by created_at`,
    [session.id],
  )
  const access = await context.accessTokens.sign(user, { id: session.id, methods: rows })
  return {
    access_token: access.token,
    token_type: 'bearer',
    expires_in: access.expiresIn,
    expires_at: access.expiresAt,
    refresh_token: session.refreshToken,
    user: describeUser(user),
  }
}
