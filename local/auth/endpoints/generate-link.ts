import { z } from 'zod'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { createUser, emailExists } from '../create-user.ts'
import { findUserByEmail, findUserById } from '../find-user.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { describeUser } from '../user-row.ts'
import { allowedRedirect } from '../write-letter.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({
  type: z.enum(['signup', 'invite', 'magiclink', 'recovery']),
  email: emailField,
  password: orNothing(passwordField),
  data: orNothing(metadataField),
  redirect_to: orNothing(z.string()),
})

/** POST /admin/generate_link: a link for the caller to deliver; no letter is written. */
export const generateLink: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
  if (input.password !== undefined) checkPasswordStrength(input.password)
  const passwordHash = input.password === undefined ? null : await context.passwords.hash(input.password)
  const redirectTo = allowedRedirect(context.siteUrl, input.redirect_to ?? request.query.get('redirect_to'))

  const { user, token } = await inTransaction(context.pool, async (tx) => {
    const existing = await findUserByEmail(tx, input.email)
    const makesAccount = input.type === 'signup' || input.type === 'invite'
    if (makesAccount && existing?.email_confirmed_at) throw emailExists()
    if (!makesAccount && !existing) {
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
    const created = await createOneTimeToken(tx, { userId: found.id, email: input.email, kind: input.type })
    return { user: await findUserById(tx, found.id), token: created }
  })
  const link = new URL('/auth/v1/verify', context.siteUrl)
  link.searchParams.set('token', token.tokenHash)
  link.searchParams.set('type', input.type)
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
