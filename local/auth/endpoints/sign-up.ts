import { z } from 'zod'
import { networkOf } from '#lib/rate-limits/client-key.ts'
import { allowedRedirect } from '../allowed-redirect.ts'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { createUser } from '../create-user.ts'
import { findUserByEmail } from '../find-user.ts'
import { pkceFields } from '../flow-state.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { requireEmails } from '../queue-email.ts'
import { sendConfirmation } from '../send-confirmation.ts'
import { startSession } from '../start-session.ts'
import { describeUser } from '../user-row.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({
  email: emailField,
  password: passwordField,
  data: orNothing(metadataField),
  ...pkceFields,
})

const contactSchema = z.object({ email: z.string().nullish(), phone: z.string().nullish() })

/** POST /signup */
export const signUp: Endpoint = async (context, request) => {
  const contact = parseInput(contactSchema, request.body)
  if (!contact.email && !contact.phone) {
    throw new AuthError(422, 'anonymous_provider_disabled', 'Anonymous sign-ins are disabled')
  }
  if (context.signUp === 'off' || context.signUp === 'link') {
    throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance')
  }
  if (contact.phone && !contact.email) {
    throw new AuthError(400, 'phone_provider_disabled', 'Phone signups are disabled')
  }
  const input = parseInput(schema, request.body)
  checkPasswordStrength(input.password)
  context.limits.take(`signup ${networkOf(request.ip)}`, 30, 300)
  const passwordHash = await context.passwords.hash(input.password)
  const confirm = context.signUp === 'confirm'
  if (confirm) requireEmails(context)

  return inTransaction(context.pool, async (tx) => {
    const existing = await findUserByEmail(tx, input.email)
    if (existing && !confirm) throw new AuthError(422, 'user_already_exists', 'User already registered')
    if (existing?.email_confirmed_at) {
      // The same answer as for a new account, so that it does not show which addresses have one.
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
    const redirectTo = allowedRedirect(context.siteUrl, request.query.get('redirect_to'))
    await sendConfirmation(context, tx, user, { ...input, redirectTo })
    return { status: 200, body: describeUser({ ...user, confirmation_sent_at: new Date() }) }
  })
}
