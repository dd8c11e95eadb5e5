import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { selectUsers, type UserRow } from './user-row.ts'

export type EmailKind = 'signup' | 'invite' | 'recovery' | 'magiclink' | 'email_change'

const tokenTypes = {
  signup: 'confirmation_token',
  invite: 'confirmation_token',
  recovery: 'recovery_token',
  magiclink: 'recovery_token',
  email_change: 'email_change_token_new',
} as const satisfies Record<EmailKind, string>

const lifeSeconds: Record<EmailKind, number> = {
  signup: 24 * 3600,
  invite: 7 * 24 * 3600,
  recovery: 3600,
  magiclink: 3600,
  email_change: 24 * 3600,
}

export interface OneTimeToken {
  /** Goes into the link. */
  tokenHash: string
  /** Six digits, for typing. */
  code: string
}

/** Makes a link and a code for the user and ends the earlier ones of the same kind. Only digests are stored. */
export async function createOneTimeToken(
  tx: Queryable,
  input: { userId: string; email: string; kind: EmailKind; isPkce?: boolean },
): Promise<OneTimeToken> {
  const tokenHash = `${input.isPkce ? 'pkce_' : ''}${randomBytes(28).toString('hex')}`
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  await tx.query(
    `insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
     values ($1, $2, $3, $4)
     on conflict (user_id, token_type) do update
        set token_hash = excluded.token_hash, relates_to = excluded.relates_to, created_at = now(), updated_at = now()`,
    [input.userId, tokenTypes[input.kind], digest(tokenHash), digestCode(input.email, code)],
  )
  const sentColumn = {
    signup: 'confirmation_sent_at',
    invite: 'confirmation_sent_at',
    recovery: 'recovery_sent_at',
    magiclink: 'recovery_sent_at',
    email_change: 'email_change_sent_at',
  }[input.kind]
  await tx.query(`update auth.users set ${sentColumn} = now() where id = $1`, [input.userId])
  return { tokenHash, code }
}

/**
 * Uses up a link or a code and gives its user. Throws AuthError 403 `otp_expired` when it is unknown, too
 * old, or used before: which of them, nobody learns.
 */
export async function consumeOneTimeToken(
  tx: Queryable,
  input: { kinds: EmailKind[] } & ({ tokenHash: string } | { email: string; code: string }),
): Promise<UserRow> {
  const byHash = 'tokenHash' in input
  const { rows } = await tx.query<{ user_id: string; token_type: string; age_seconds: number }>(
    `select user_id, token_type, extract(epoch from now() - created_at)::float8 as age_seconds
       from auth.one_time_tokens
      where ${byHash ? 'token_hash' : 'relates_to'} = $1 and token_type = any($2)
        for update`,
    [
      byHash ? digest(input.tokenHash) : digestCode(input.email, input.code),
      input.kinds.map((kind) => tokenTypes[kind]),
    ],
  )
  const token = rows[0]
  const allowedSeconds = Math.max(
    ...input.kinds.filter((kind) => tokenTypes[kind] === token?.token_type).map((kind) => lifeSeconds[kind]),
  )
  if (!token || token.age_seconds > allowedSeconds) throw otpExpired()
  await tx.query('delete from auth.one_time_tokens where user_id = $1 and token_type = $2', [
    token.user_id,
    token.token_type,
  ])
  const user = (
    await tx.query<UserRow>(`${selectUsers} where u.id = $1 and u.deleted_at is null`, [token.user_id])
  ).rows[0]
  if (!user) throw otpExpired()
  return user
}

export function otpExpired(): AuthError {
  return new AuthError(403, 'otp_expired', 'Email link is invalid or has expired')
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

function digestCode(email: string, code: string): string {
  return digest(`${email}\n${code}`)
}
