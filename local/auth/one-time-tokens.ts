import { createHash, randomBytes, randomInt } from 'node:crypto'
import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { selectUsers, type UserRow } from './user-row.ts'

/** The purpose of a link or code. An address change has one for the current address and one for the new one. */
export type TokenKind =
  | 'signup'
  | 'invite'
  | 'recovery'
  | 'magiclink'
  | 'email_change_current'
  | 'email_change_new'
  | 'reauthentication'

const day = 24 * 3600
/** A user has at most one open token of each type; `lifeSeconds` is how long it is valid. */
const kinds = {
  signup: { type: 'confirmation_token', lifeSeconds: day, sentColumn: 'confirmation_sent_at' },
  invite: { type: 'confirmation_token', lifeSeconds: 3600, sentColumn: 'confirmation_sent_at' },
  recovery: { type: 'recovery_token', lifeSeconds: 3600, sentColumn: 'recovery_sent_at' },
  magiclink: { type: 'recovery_token', lifeSeconds: 3600, sentColumn: 'recovery_sent_at' },
  email_change_current: {
    type: 'email_change_token_current',
    lifeSeconds: day,
    sentColumn: 'email_change_sent_at',
  },
  email_change_new: {
    type: 'email_change_token_new',
    lifeSeconds: day,
    sentColumn: 'email_change_sent_at',
  },
  reauthentication: {
    type: 'reauthentication_token',
    lifeSeconds: 3600,
    sentColumn: 'reauthentication_sent_at',
  },
} as const satisfies Record<TokenKind, { type: string; lifeSeconds: number; sentColumn: string }>

export interface OneTimeToken {
  /** Part of the link. */
  tokenHash: string
  /** Six digits to type. */
  code: string
}

/**
 * Creates a link and a code for the user and ends the earlier ones of the same type. The code is only valid
 * together with `email`. Only digests are stored.
 */
export async function createOneTimeToken(
  tx: Queryable,
  input: { userId: string; email: string; kind: TokenKind; isPkce?: boolean },
): Promise<OneTimeToken> {
  const tokenHash = `${input.isPkce ? 'pkce_' : ''}${randomBytes(28).toString('hex')}`
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0')
  const { type, sentColumn } = kinds[input.kind]
  await tx.query(
    `insert into auth.one_time_tokens (user_id, token_type, token_hash, relates_to)
     values ($1, $2, $3, $4)
     on conflict (user_id, token_type) do update
        set token_hash = excluded.token_hash, relates_to = excluded.relates_to, created_at = now(), updated_at = now()`,
    [input.userId, type, digest(tokenHash), digestCode(input.email, code)],
  )
  await tx.query(`update auth.users set ${sentColumn} = now() where id = $1`, [input.userId])
  return { tokenHash, code }
}

/**
 * Uses up a link or a code and returns its user. Throws AuthError 403 `otp_expired` when it is unknown, too
 * old or already used; the answer is the same for all three.
 */
export async function consumeOneTimeToken(
  tx: Queryable,
  input: { kinds: readonly TokenKind[] } & ({ tokenHash: string } | { email: string; code: string }),
): Promise<UserRow> {
  const byHash = 'tokenHash' in input
  const { rows } = await tx.query<{ user_id: string; token_type: string; age_seconds: number }>(
    `select user_id, token_type, extract(epoch from now() - created_at)::float8 as age_seconds
       from auth.one_time_tokens
      where ${byHash ? 'token_hash' : 'relates_to'} = $1 and token_type = any($2)
        for update`,
    [
      byHash ? digest(input.tokenHash) : digestCode(input.email, input.code),
      input.kinds.map((kind) => kinds[kind].type),
    ],
  )
  const token = rows[0]
  const lives = input.kinds.filter((kind) => kinds[kind].type === token?.token_type)
  const allowedSeconds = Math.max(...lives.map((kind) => kinds[kind].lifeSeconds))
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

function otpExpired(): AuthError {
  return new AuthError(403, 'otp_expired', 'Email link is invalid or has expired')
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

function digestCode(email: string, code: string): string {
  return digest(`${email}\n${code}`)
}
