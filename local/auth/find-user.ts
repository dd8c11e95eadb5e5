import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { selectUsers, type UserRow } from './user-row.ts'

/** Returns the user with this address (in any case), or undefined. */
export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | undefined> {
  const { rows } = await db.query<UserRow>(
    `${selectUsers} where u.email = $1 and u.is_sso_user = false and u.deleted_at is null`,
    [email],
  )
  return rows[0]
}

/** Throws AuthError 404 `user_not_found`. */
export async function findUserById(db: Queryable, id: string): Promise<UserRow> {
  const { rows } = await db.query<UserRow>(`${selectUsers} where u.id = $1 and u.deleted_at is null`, [id])
  const user = rows[0]
  if (!user) throw new AuthError(404, 'user_not_found', 'User not found')
  return user
}

/** Throws AuthError 400 `user_banned`. */
export function checkNotBanned(user: UserRow, status: 400 | 403 = 400): void {
  if (user.banned_until && user.banned_until.getTime() > Date.now()) {
    throw new AuthError(status, 'user_banned', 'User is banned')
  }
}
