import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { requestEmailChange } from '../email-change.ts'
import { findUserByEmail } from '../find-user.ts'
import { pkceFields } from '../flow-state.ts'
import { limitEmails } from '../limit-rate.ts'
import { emailField, orNothing, parseInput } from '../parse-input.ts'
import { requireEmails } from '../queue-email.ts'
import { sendConfirmation } from '../send-confirmation.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({
  type: z.string().default(''),
  email: orNothing(z.string()),
  phone: orNothing(z.string()),
  ...pkceFields,
})
const phoneTypes = ['sms', 'phone_change']

/**
 * POST /resend: sends the links of an open sign-up or address change again. The answer is the same when
 * there is nothing to send.
 */
export const resend: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
  checkType(input)
  const email = parseInput(emailField, input.email)
  requireEmails(context)
  limitEmails(context.limits, { ip: request.ip, email })
  const redirectTo = allowedRedirect(context.siteUrl, request.query.get('redirect_to'))
  await inTransaction(context.pool, async (tx) => {
    const user = await findUserByEmail(tx, email)
    if (!user) return
    if (input.type === 'signup' && !user.email_confirmed_at) {
      await sendConfirmation(context, tx, user, { ...input, email, redirectTo })
    }
    if (input.type === 'email_change' && user.email_change !== '') {
      await requestEmailChange(context, tx, user, { ...input, newEmail: user.email_change, redirectTo })
    }
  })
  return { status: 200, body: {} }
}

/** Throws AuthError 400 with the messages of hosted Auth. */
function checkType(input: { type: string; email?: string | undefined; phone?: string | undefined }): void {
  const fail = (message: string) => new AuthError(400, 'validation_failed', message)
  if (!['signup', 'email_change', ...phoneTypes].includes(input.type)) {
    throw fail('Missing one of these types: signup, email_change, sms, phone_change')
  }
  if (!input.email && input.type === 'signup') throw fail('Type provided requires an email address')
  if (!input.phone && input.type === 'sms') throw fail('Type provided requires a phone number')
  if (input.email && input.phone) throw fail('Only an email address or phone number should be provided.')
  if (input.phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone logins are disabled')
  if (!input.email) throw fail('Missing email address or phone number')
}
