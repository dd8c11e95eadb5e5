import type { Queryable } from './auth-context.ts'

/**
 * Removes accounts that a sign-in link created and whose link was not opened for a week: anyone can request one for any
 * address. Accounts with a password, and those that an owner made, stay.
 */
export async function removeUnconfirmed(db: Queryable): Promise<void> {
  await db.query(
    `delete from auth.users
      where email_confirmed_at is null and last_sign_in_at is null and invited_at is null
        and encrypted_password is null and recovery_sent_at < now() - interval '7 days'`,
  )
}
