import type { AuthContext, Queryable } from './auth-context.ts'
import { changeUser, endEmailChange } from './change-user.ts'
import { emailExists } from './create-user.ts'
import { findUserByEmail } from './find-user.ts'
import { type PkceInput, startFlow } from './flow-state.ts'
import { createOneTimeToken } from './one-time-tokens.ts'
import { queueEmail, requireEmails } from './queue-email.ts'
import type { UserRow } from './user-row.ts'

/**
 * Sends one link to the current address and one to the new one; the address changes when both have been
 * opened, in any order. Throws AuthError 422 `email_exists`, 400 `email_provider_disabled`.
 */
export async function requestEmailChange(
  context: Pick<AuthContext, 'sendsEmails' | 'siteUrl'>,
  tx: Queryable,
  user: UserRow,
  input: PkceInput & { newEmail: string; redirectTo: string },
): Promise<void> {
  requireEmails(context)
  await recordEmailChange(tx, user, input.newEmail)
  const isPkce = await startFlow(tx, { ...input, userId: user.id, authenticationMethod: 'email_change' })
  const recipients = [
    ...(user.email === null ? [] : [{ kind: 'email_change_current', email: user.email } as const]),
    { kind: 'email_change_new', email: input.newEmail } as const,
  ]
  for (const { kind, email } of recipients) {
    const token = await createOneTimeToken(tx, { userId: user.id, email, kind, isPkce })
    await queueEmail(tx, {
      ...token,
      siteUrl: context.siteUrl,
      userId: user.id,
      recipient: email,
      kind,
      redirectTo: input.redirectTo,
    })
  }
}

/**
 * Records the new address of a user as not confirmed. Links for another address end. Throws AuthError 422
 * `email_exists`.
 */
export async function recordEmailChange(tx: Queryable, user: UserRow, newEmail: string): Promise<void> {
  if (await findUserByEmail(tx, newEmail)) throw emailExists()
  if (user.email_change !== newEmail) await endEmailChange(tx, user.id)
  await tx.query('update auth.users set email_change = $2, email_change_confirm_status = 0 where id = $1', [
    user.id,
    newEmail,
  ])
}

/**
 * Counts one link of an address change as opened. Returns the user with the new address after the second link, and
 * undefined before that. Throws AuthError 422 `email_exists`.
 */
export async function confirmEmailChange(tx: Queryable, user: UserRow): Promise<UserRow | undefined> {
  if (user.email !== null && user.email_change_confirm_status === 0) {
    await tx.query('update auth.users set email_change_confirm_status = 1 where id = $1', [user.id])
    return undefined
  }
  return changeUser(tx, user.id, {
    isConfirmed: true,
    ...(user.email_change === '' ? {} : { email: user.email_change }),
  })
}
