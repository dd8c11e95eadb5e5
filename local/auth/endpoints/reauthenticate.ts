import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { authoriseUser } from '../authorise-user.ts'
import { limitEmails } from '../limit-rate.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { queueEmail, requireEmails } from '../queue-email.ts'
import type { Endpoint } from './endpoint.ts'

/** GET /reauthenticate: sends the signed-in user a code, to be sent back as `nonce` with a new password. */
export const reauthenticate: Endpoint = async (context, request) => {
  const { user } = await authoriseUser(context, request.caller.userToken)
  const { email } = user
  if (email === null) {
    const message = 'Reauthentication requires the user to have an email or a phone number'
    throw new AuthError(400, 'validation_failed', message)
  }
  if (!user.email_confirmed_at) {
    throw new AuthError(422, 'email_not_confirmed', 'Please verify your email first.')
  }
  requireEmails(context)
  limitEmails(context.limits, { ip: request.ip, email })
  await inTransaction(context.pool, async (tx) => {
    const token = await createOneTimeToken(tx, { userId: user.id, email, kind: 'reauthentication' })
    await queueEmail(tx, {
      ...token,
      siteUrl: context.siteUrl,
      userId: user.id,
      recipient: email,
      kind: 'reauthentication',
      redirectTo: context.siteUrl,
    })
  })
  return { status: 200, body: {} }
}
