import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'

/**
 * Refuses a session that was opened with the password alone, for a person who has a second factor. The product keeps
 * the factor and the sessions in which it was given (`lib/auth/second-factor.ts`). Sessions of one-time links pass:
 * they set a password that was lost. Throws AuthError 401 `insufficient_aal`, as the hosted service does.
 */
export async function requireSecondFactor(
  db: Queryable,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<void> {
  // Auth also runs without the product, whose tables are then missing.
  const { rows } = await db.query<{ exists: boolean }>(
    `select to_regclass('second_factors') is not null as exists`,
  )
  if (!rows[0]?.exists) return
  const { rowCount } = await db.query(
    `select from second_factors factor
       where factor.user_id = $1 and factor.confirmed_at is not null
         and exists (
           select from auth.mfa_amr_claims where session_id = $2 and authentication_method = 'password')
         and not exists (
           select from session_uses where session_id = $2 and second_factor_at is not null)`,
    [userId, sessionId],
  )
  if (rowCount !== 0) {
    throw new AuthError(
      401,
      'insufficient_aal',
      'AAL2 session is required to update email or password when MFA is enabled.',
    )
  }
}
