import type { AccessClaims } from './access-tokens.ts'
import type { AuthContext } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { checkNotBanned } from './find-user.ts'
import { selectUsers, type UserRow } from './user-row.ts'

export interface SignedInUser {
  user: UserRow
  sessionId: string
}

/** Returns the user of an access token with an open session. Throws AuthError 401 or 403. */
export async function authoriseUser(context: AuthContext, token: string | undefined): Promise<SignedInUser> {
  if (token === undefined)
    throw new AuthError(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  const claims: AccessClaims = await context.accessTokens.verify(token)
  const { rows } = await context.pool.query<UserRow>(
    `${selectUsers} where u.id = $1 and u.deleted_at is null`,
    [claims.sub],
  )
  const user = rows[0]
  if (!user) throw new AuthError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
  const session = await context.pool.query(
    'select 1 from auth.sessions where id = $1 and user_id = $2 and coalesce(not_after > now(), true)',
    [claims.session_id, user.id],
  )
  if (session.rowCount === 0) {
    throw new AuthError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')
  }
  checkNotBanned(user, 403)
  return { user, sessionId: claims.session_id }
}
