import { z } from 'zod'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { authoriseUser } from '../authorise-user.ts'
import { changeUser, type UserChange } from '../change-user.ts'
import { emailExists } from '../create-user.ts'
import { findUserByEmail, findUserById } from '../find-user.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { describeUser } from '../user-row.ts'
import { allowedRedirect, writeLetter } from '../write-letter.ts'
import type { Endpoint } from './endpoint.ts'

const changeSchema = z.object({
  email: orNothing(emailField),
  password: orNothing(passwordField),
  current_password: orNothing(passwordField),
  data: orNothing(metadataField),
})

/** GET /user */
export const readUser: Endpoint = async (context, request) => {
  const { user } = await authoriseUser(context, request.caller.userToken)
  return { status: 200, body: describeUser(user) }
}

/** PUT /user: a new password ends every other session; a new address must be confirmed by letter. */
export const updateUser: Endpoint = async (context, request) => {
  const { user, sessionId } = await authoriseUser(context, request.caller.userToken)
  const input = parseInput(changeSchema, request.body)
  const change: UserChange = {}
  if (input.data) change.userMetadata = input.data
  if (input.password !== undefined) {
    context.limits.take(`update-password ${user.id}`, 30, 300)
    checkPasswordStrength(input.password)
    if (
      input.current_password !== undefined &&
      !(await context.passwords.matches(input.current_password, user.encrypted_password))
    ) {
      throw new AuthError(400, 'current_password_mismatch', 'Current password is not correct')
    }
    if (await context.passwords.matches(input.password, user.encrypted_password)) {
      throw new AuthError(422, 'same_password', 'New password should be different from the old password.')
    }
    change.passwordHash = await context.passwords.hash(input.password)
  }
  const newEmail = input.email !== undefined && input.email !== user.email ? input.email : undefined

  const updated = await inTransaction(context.pool, async (tx) => {
    await changeUser(tx, user.id, change)
    if (change.passwordHash !== undefined) {
      await tx.query('delete from auth.sessions where user_id = $1 and id <> $2', [user.id, sessionId])
    }
    if (newEmail !== undefined) {
      if (await findUserByEmail(tx, newEmail)) throw emailExists()
      await tx.query('update auth.users set email_change = $2 where id = $1', [user.id, newEmail])
      const token = await createOneTimeToken(tx, { userId: user.id, email: newEmail, kind: 'email_change' })
      await writeLetter(tx, {
        siteUrl: context.siteUrl,
        userId: user.id,
        recipient: newEmail,
        kind: 'email_change',
        ...token,
        redirectTo: allowedRedirect(context.siteUrl, request.query.get('redirect_to')),
      })
    }
    return findUserById(tx, user.id)
  })
  return { status: 200, body: describeUser(updated) }
}
