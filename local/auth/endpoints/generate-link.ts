import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { inTransaction, type Queryable } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { createUser, emailExists } from '../create-user.ts'
import { recordEmailChange } from '../email-change.ts'
import { findUserByEmail, findUserById } from '../find-user.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { describeUser, type UserRow } from '../user-row.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({
  type: z.enum(['signup', 'invite', 'magiclink', 'recovery', 'email_change_current', 'email_change_new']),
  email: emailField,
  new_email: orNothing(emailField),
  password: orNothing(passwordField),
  data: orNothing(metadataField),
  redirect_to: orNothing(z.string()),
})

/** POST /admin/generate_link: creates a link for the caller to deliver; sends no email. */
export const generateLink: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
  if (input.password !== undefined) checkPasswordStrength(input.password)
  const passwordHash = input.password === undefined ? null : await context.passwords.hash(input.password)
  const redirectTo = allowedRedirect(context.siteUrl, input.redirect_to ?? request.query.get('redirect_to'))

  const { user, token } = await inTransaction(context.pool, async (tx) => {
    const existing = await findUserByEmail(tx, input.email)
    const createsAccount = input.type === 'signup' || input.type === 'invite'
    if (createsAccount && existing?.email_confirmed_at) throw emailExists()
    if (!createsAccount && !existing) {
      throw new AuthError(404, 'user_not_found', 'User with this email not found')
    }
    const found =
      existing ??
      (await createUser(tx, {
        email: input.email,
        passwordHash,
        isConfirmed: false,
        isInvited: input.type === 'invite',
        userMetadata: input.data ?? {},
      }))
    const email = changesEmail(input.type) ? await recordNewEmail(tx, found, input) : input.email
    const created = await createOneTimeToken(tx, { userId: found.id, email, kind: input.type })
    return { user: await findUserById(tx, found.id), token: created }
  })
  const link = new URL('/auth/v1/verify', context.siteUrl)
  link.searchParams.set('token', token.tokenHash)
  link.searchParams.set('type', changesEmail(input.type) ? 'email_change' : input.type)
  link.searchParams.set('redirect_to', redirectTo)
  return {
    status: 200,
    body: {
      ...describeUser(user),
      action_link: link.href,
      email_otp: token.code,
      hashed_token: token.tokenHash,
      verification_type: input.type,
      redirect_to: redirectTo,
    },
  }
}

function changesEmail(type: string): boolean {
  return type === 'email_change_current' || type === 'email_change_new'
}

/** Records the new address and returns the address to which the link is sent. Throws AuthError. */
async function recordNewEmail(
  tx: Queryable,
  user: UserRow,
  input: { type: string; email: string; new_email?: string | undefined },
): Promise<string> {
  const newEmail = parseInput(emailField, input.new_email)
  await recordEmailChange(tx, user, newEmail)
  return input.type === 'email_change_new' ? newEmail : input.email
}
