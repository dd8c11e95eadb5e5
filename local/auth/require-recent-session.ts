import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'

/**
 * Refuses a session that was opened more than ten minutes ago: a stolen one must not be enough to take over the
 * account. Throws AuthError 400 `reauthentication_needed`, as the hosted service does.
 */
export async function requireRecentSession(db: Queryable, sessionId: string): Promise<void> {
  const { rowCount } = await db.query(
    `select from auth.mfa_amr_claims where session_id = $1 and created_at > now() - interval '10 minutes'`,
    [sessionId],
  )
  if (rowCount === 0) {
    throw new AuthError(
      400,
      'reauthentication_needed',
      'Update requires a recent sign-in or the current password',
    )
  }
}
