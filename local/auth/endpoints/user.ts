import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { type AuthContext, inTransaction, type Queryable } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { authoriseUser } from '../authorise-user.ts'
import { changeUser, type UserChange } from '../change-user.ts'
import { requestEmailChange } from '../email-change.ts'
import { findUserById } from '../find-user.ts'
import { pkceFields } from '../flow-state.ts'
import { limitProofs } from '../limit-rate.ts'
import { consumeOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { requireRecentSession } from '../require-recent-session.ts'
import { requireSecondFactor } from '../require-second-factor.ts'
import { describeUser, type UserRow } from '../user-row.ts'
import type { Endpoint } from './endpoint.ts'

const changeSchema = z.object({
  email: orNothing(emailField),
  password: orNothing(passwordField),
  current_password: orNothing(passwordField),
  nonce: orNothing(z.string().max(50)),
  data: orNothing(metadataField),
  ...pkceFields,
})

/** GET /user */
export const readUser: Endpoint = async (context, request) => {
  const { user } = await authoriseUser(context, request.caller.userToken)
  return { status: 200, body: describeUser(user) }
}

/**
 * PUT /user: a new password ends every other session; a new address must be confirmed from both addresses.
 * In a session that was opened more than ten minutes ago, a new password or address needs the current password or a
 * `nonce`, the code of `reauthenticate`; both must be right when they are sent. A person with a second factor must have
 * given it in this session.
 */
export const updateUser: Endpoint = async (context, request) => {
  const { user, sessionId } = await authoriseUser(context, request.caller.userToken)
  const input = parseInput(changeSchema, request.body)
  const isGuarded = input.password !== undefined || input.email !== undefined
  if (isGuarded) {
    await requireSecondFactor(context.pool, { userId: user.id, sessionId })
    const given = input.current_password
    if (given !== undefined) await checkPassword(context, user, given)
    if (given === undefined && !input.nonce) await requireRecentSession(context.pool, sessionId)
  }
  const change: UserChange = {}
  if (input.data) change.userMetadata = input.data
  if (input.password !== undefined) {
    checkPasswordStrength(input.password)
    if (await context.passwords.matches(input.password, user.encrypted_password)) {
      throw new AuthError(422, 'same_password', 'New password should be different from the old password.')
    }
    change.passwordHash = await context.passwords.hash(input.password)
  }
  const newEmail = input.email !== undefined && input.email !== user.email ? input.email : undefined

  const { nonce } = input
  const updated = await inTransaction(context.pool, async (tx) => {
    if (isGuarded && nonce) {
      const proof = { kind: 'code', account: user.id } as const
      await limitProofs(context.limits, proof, () => consumeNonce(tx, user, nonce))
    }
    await changeUser(tx, user.id, change)
    if (change.passwordHash !== undefined) {
      await tx.query('delete from auth.sessions where user_id = $1 and id <> $2', [user.id, sessionId])
    }
    if (newEmail !== undefined) {
      const redirectTo = allowedRedirect(context.siteUrl, request.query.get('redirect_to'))
      await requestEmailChange(context, tx, user, { ...input, newEmail, redirectTo })
    }
    return findUserById(tx, user.id)
  })
  return { status: 200, body: describeUser(updated) }
}

/** Throws AuthError 400 `current_password_mismatch`, and 429 after many wrong ones. */
async function checkPassword(context: AuthContext, user: UserRow, given: string): Promise<void> {
  await limitProofs(context.limits, { kind: 'password', account: user.id }, async () => {
    if (await context.passwords.matches(given, user.encrypted_password)) return
    throw new AuthError(400, 'current_password_mismatch', 'Current password is not correct')
  })
}

/** Throws AuthError 422 `reauthentication_not_valid`. */
async function consumeNonce(tx: Queryable, user: UserRow, nonce: string): Promise<void> {
  await consumeOneTimeToken(tx, {
    kinds: ['reauthentication'],
    email: user.email ?? '',
    code: nonce,
  }).catch((error: unknown) => {
    throw error instanceof AuthError
      ? new AuthError(422, 'reauthentication_not_valid', 'Nonce has expired or is invalid')
      : error
  })
}
