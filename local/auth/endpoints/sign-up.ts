import { z } from 'zod'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { createUser } from '../create-user.ts'
import { findUserByEmail } from '../find-user.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { startSession } from '../start-session.ts'
import { describeUser } from '../user-row.ts'
import { allowedRedirect, writeLetter } from '../write-letter.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({
  email: emailField,
  password: passwordField,
  data: orNothing(metadataField),
  code_challenge: orNothing(z.string()),
})

/** POST /signup */
export const signUp: Endpoint = async (context, request) => {
  if (context.signUp === 'off') {
    throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance')
  }
  const input = parseInput(schema, request.body)
  checkPasswordStrength(input.password)
  context.limits.take(`signup ${request.ip}`, 30, 300)
  const passwordHash = await context.passwords.hash(input.password)
  const confirm = context.signUp === 'confirm'

  return inTransaction(context.pool, async (tx) => {
    const existing = await findUserByEmail(tx, input.email)
    if (existing && !confirm) throw new AuthError(422, 'user_already_exists', 'User already registered')
    if (existing?.email_confirmed_at) {
      // The same answer as for a new account, so nobody learns who has one.
      const fake = {
        ...existing,
        id: crypto.randomUUID(),
        raw_user_meta_data: input.data ?? {},
        identities: [],
      }
      return {
        status: 200,
        body: describeUser({
          ...fake,
          raw_app_meta_data: { provider: 'email', providers: ['email'] },
          email_confirmed_at: null,
          invited_at: null,
          last_sign_in_at: null,
          recovery_sent_at: null,
          confirmation_sent_at: new Date(),
          created_at: new Date(),
          updated_at: new Date(),
        }),
      }
    }
    const user =
      existing ??
      (await createUser(tx, {
        email: input.email,
        passwordHash,
        isConfirmed: !confirm,
        userMetadata: input.data ?? {},
      }))
    if (!confirm) {
      return { status: 200, body: await startSession(context, tx, user, { method: 'password', ...request }) }
    }
    const token = await createOneTimeToken(tx, {
      userId: user.id,
      email: input.email,
      kind: 'signup',
      isPkce: input.code_challenge !== undefined,
    })
    await writeLetter(tx, {
      siteUrl: context.siteUrl,
      userId: user.id,
      recipient: input.email,
      kind: 'signup',
      ...token,
      redirectTo: allowedRedirect(context.siteUrl, request.query.get('redirect_to')),
    })
    return { status: 200, body: describeUser({ ...user, confirmation_sent_at: new Date() }) }
  })
}
