import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { type AuthContext, inTransaction } from '../auth-context.ts'
import { findUserByEmail } from '../find-user.ts'
import { pkceFields, startFlow } from '../flow-state.ts'
import { limitEmails } from '../limit-rate.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, parseInput } from '../parse-input.ts'
import { queueEmail } from '../queue-email.ts'
import type { AuthAnswer, AuthRequest, Endpoint } from './endpoint.ts'

const schema = z.object({ email: emailField, ...pkceFields })

/** POST /recover: answers the same whether the address has an account or not. */
export const recover: Endpoint = (context, request) => sendLink(context, request, 'recovery')

/** POST /otp and /magiclink: sends a sign-in link to an existing account; never creates one. */
export const sendMagicLink: Endpoint = (context, request) => sendLink(context, request, 'magiclink')

async function sendLink(
  context: AuthContext,
  request: AuthRequest,
  kind: 'recovery' | 'magiclink',
): Promise<AuthAnswer> {
  const input = parseInput(schema, request.body)
  limitEmails(context.limits, { ip: request.ip, email: input.email })
  await inTransaction(context.pool, async (tx) => {
    const user = await findUserByEmail(tx, input.email)
    if (!user) return
    const isPkce = await startFlow(tx, { ...input, userId: user.id, authenticationMethod: kind })
    const token = await createOneTimeToken(tx, { userId: user.id, email: input.email, kind, isPkce })
    await queueEmail(tx, {
      ...token,
      siteUrl: context.siteUrl,
      userId: user.id,
      recipient: input.email,
      kind,
      redirectTo: allowedRedirect(context.siteUrl, request.query.get('redirect_to')),
    })
  })
  return { status: 200, body: {} }
}
