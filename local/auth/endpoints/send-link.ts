import { z } from 'zod'
import { type AuthContext, inTransaction } from '../auth-context.ts'
import { findUserByEmail } from '../find-user.ts'
import { createOneTimeToken, type EmailKind } from '../one-time-tokens.ts'
import { emailField, orNothing, parseInput } from '../parse-input.ts'
import { allowedRedirect, writeLetter } from '../write-letter.ts'
import type { AuthAnswer, AuthRequest, Endpoint } from './endpoint.ts'

const schema = z.object({
  email: emailField,
  code_challenge: orNothing(z.string().min(43).max(128)),
  code_challenge_method: orNothing(
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(['s256', 'plain'])),
  ),
})

/** POST /recover: the same answer whether the address has an account or not. */
export const recover: Endpoint = (context, request) => sendLink(context, request, 'recovery')

/** POST /otp and /magiclink: sends a sign-in link to people who have an account; never makes one. */
export const sendMagicLink: Endpoint = (context, request) => sendLink(context, request, 'magiclink')

async function sendLink(
  context: AuthContext,
  request: AuthRequest,
  kind: Extract<EmailKind, 'recovery' | 'magiclink'>,
): Promise<AuthAnswer> {
  const input = parseInput(schema, request.body)
  context.limits.take(`letters ${request.ip}`, 100, 3600, 'over_email_send_rate_limit')
  context.limits.take(`letter ${input.email}`, 5, 600, 'over_email_send_rate_limit')
  await inTransaction(context.pool, async (tx) => {
    const user = await findUserByEmail(tx, input.email)
    if (!user) return
    const isPkce = input.code_challenge !== undefined
    const token = await createOneTimeToken(tx, { userId: user.id, email: input.email, kind, isPkce })
    if (input.code_challenge !== undefined) {
      await tx.query(
        "delete from auth.flow_state where user_id = $1 or created_at < now() - interval '1 day'",
        [user.id],
      )
      await tx.query(
        `insert into auth.flow_state (user_id, auth_code, code_challenge, code_challenge_method, authentication_method)
         values ($1, $2, $3, $4, $5)`,
        [user.id, crypto.randomUUID(), input.code_challenge, input.code_challenge_method ?? 's256', kind],
      )
    }
    await writeLetter(tx, {
      siteUrl: context.siteUrl,
      userId: user.id,
      recipient: input.email,
      kind,
      ...token,
      redirectTo: allowedRedirect(context.siteUrl, request.query.get('redirect_to')),
    })
  })
  return { status: 200, body: {} }
}
