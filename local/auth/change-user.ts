import type { Queryable } from './auth-context.ts'
import { emailExists } from './create-user.ts'
import { findUserByEmail, findUserById } from './find-user.ts'
import type { UserRow } from './user-row.ts'

export interface UserChange {
  email?: string
  passwordHash?: string
  isConfirmed?: boolean
  userMetadata?: Record<string, unknown>
  appMetadata?: Record<string, unknown>
  bannedUntil?: Date | null
  role?: string
}

/**
 * Changes the given fields only. Metadata is merged; a null value removes its key. A new
 * password ends all open links, a new address ends those of an address change. Throws AuthError
 * `email_exists`, `user_not_found`.
 */
export async function changeUser(tx: Queryable, id: string, change: UserChange): Promise<UserRow> {
  if (change.email !== undefined) {
    const other = await findUserByEmail(tx, change.email)
    if (other && other.id !== id) throw emailExists()
  }
  const sets: string[] = ['updated_at = now()']
  const values: unknown[] = [id]
  const set = (expression: (placeholder: string) => string, value: unknown) => {
    values.push(value)
    sets.push(expression(`$${values.length}`))
  }
  if (change.email !== undefined)
    set((value) => `email = ${value}, email_change = '', email_change_confirm_status = 0`, change.email)
  if (change.passwordHash !== undefined) set((value) => `encrypted_password = ${value}`, change.passwordHash)
  if (change.isConfirmed) sets.push('email_confirmed_at = coalesce(email_confirmed_at, now())')
  if (change.role !== undefined) set((value) => `role = ${value}`, change.role)
  if (change.bannedUntil !== undefined) set((value) => `banned_until = ${value}`, change.bannedUntil)
  if (change.userMetadata !== undefined) {
    const merge = (value: string) =>
      `raw_user_meta_data = jsonb_strip_nulls(raw_user_meta_data || ${value}::jsonb)`
    set(merge, JSON.stringify(change.userMetadata))
  }
  if (change.appMetadata !== undefined) {
    const merge = (value: string) =>
      `raw_app_meta_data = jsonb_strip_nulls(raw_app_meta_data || ${value}::jsonb)`
    set(merge, JSON.stringify(change.appMetadata))
  }
  await tx.query(`update auth.users set ${sets.join(', ')} where id = $1`, values)
  if (change.passwordHash !== undefined) {
    await tx.query('delete from auth.one_time_tokens where user_id = $1', [id])
  }
  if (change.email !== undefined) await endEmailChange(tx, id)
  if (change.email !== undefined || change.isConfirmed) {
    await tx.query(
      `update auth.identities i
          set identity_data = i.identity_data
                || jsonb_build_object('email', u.email, 'email_verified', u.email_confirmed_at is not null),
              updated_at = now()
         from auth.users u
        where u.id = $1 and i.user_id = u.id and i.provider = 'email'`,
      [id],
    )
  }
  return findUserById(tx, id)
}

/** Ends the open links of an address change. */
export async function endEmailChange(tx: Queryable, userId: string): Promise<void> {
  await tx.query(
    `delete from auth.one_time_tokens
      where user_id = $1 and token_type in ('email_change_token_current', 'email_change_token_new')`,
    [userId],
  )
}
