import { type AuthContext, inTransaction } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { checkNotBanned, findUserById } from './find-user.ts'
import { addRefreshToken, describeSession, digestRefreshToken } from './start-session.ts'

interface TokenRow {
  user_id: string
  session_id: string | null
  revoked: boolean
  used_seconds_ago: number
  has_unused_child: boolean
}

/**
 * Exchanges a refresh token for a new pair. A used token is accepted again for `reuseSeconds` (parallel requests)
 * and while its successor has not been used (the answer was lost). Any other reuse means that the token
 * was copied, so the session ends. Throws AuthError.
 */
export async function refreshSession(
  context: AuthContext,
  refreshToken: string,
): Promise<Record<string, unknown>> {
  const token = digestRefreshToken(refreshToken)
  const outcome = await inTransaction(context.pool, async (tx) => {
    const { rows } = await tx.query<TokenRow>(
      `select t.user_id, t.session_id, t.revoked,
              extract(epoch from now() - t.updated_at)::float8 as used_seconds_ago,
              exists (select 1 from auth.refresh_tokens c where c.parent = t.token and not c.revoked)
                as has_unused_child
         from auth.refresh_tokens t
        where t.token = $1
          for update`,
      [token],
    )
    const row = rows[0]
    if (!row)
      throw new AuthError(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found')
    const sessionId = await lockSession(tx, row.session_id)
    const user = await findUserById(tx, row.user_id)
    checkNotBanned(user)

    if (row.revoked && row.used_seconds_ago > context.reuseSeconds) {
      if (!row.has_unused_child) {
        await tx.query('delete from auth.sessions where id = $1', [sessionId])
        return undefined
      }
      await tx.query('update auth.refresh_tokens set revoked = true, updated_at = now() where parent = $1', [
        token,
      ])
    }
    if (!row.revoked) {
      await tx.query('update auth.refresh_tokens set revoked = true, updated_at = now() where token = $1', [
        token,
      ])
    }
    const next = await addRefreshToken(tx, { userId: user.id, sessionId, parent: token })
    await tx.query('update auth.sessions set refreshed_at = now(), updated_at = now() where id = $1', [
      sessionId,
    ])
    return describeSession(context, tx, user, { id: sessionId, refreshToken: next })
  })
  // Thrown outside the transaction, because an error inside would undo the end of the session.
  if (!outcome) throw new AuthError(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used')
  return outcome
}

async function lockSession(
  tx: Parameters<Parameters<typeof inTransaction>[1]>[0],
  sessionId: string | null,
): Promise<string> {
  const { rows } = await tx.query<{ id: string; is_expired: boolean }>(
    'select id, coalesce(not_after < now(), false) as is_expired from auth.sessions where id = $1 for update',
    [sessionId],
  )
  const session = rows[0]
  if (!session) throw new AuthError(400, 'session_not_found', 'Invalid Refresh Token: No Valid Session Found')
  if (session.is_expired)
    throw new AuthError(400, 'session_expired', 'Invalid Refresh Token: Session Expired')
  return session.id
}
