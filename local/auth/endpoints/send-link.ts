import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { type AuthContext, inTransaction, type Queryable } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { createUser } from '../create-user.ts'
import { findUserByEmail } from '../find-user.ts'
import { pkceFields, startFlow } from '../flow-state.ts'
import { limitEmails } from '../limit-rate.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput } from '../parse-input.ts'
import { queueEmail, requireEmails } from '../queue-email.ts'
import type { UserRow } from '../user-row.ts'
import type { AuthAnswer, AuthRequest, Endpoint } from './endpoint.ts'

const schema = z.object({ email: emailField, ...pkceFields })
const signInSchema = schema.extend({
  create_user: orNothing(z.boolean()),
  data: orNothing(metadataField),
})
const contactSchema = z.object({ email: z.string().nullish(), phone: z.string().nullish() })

/** POST /recover: answers the same whether the address has an account or not. */
export const recover: Endpoint = (context, request) => {
  const input = parseInput(schema, request.body)
  return sendLink(context, request, input, {
    kind: 'recovery',
    findUser: (tx) => findUserByEmail(tx, input.email),
  })
}

/**
 * POST /otp and /magiclink: sends a sign-in link. An address without an account gets one, unless `create_user` is
 * false (422 `otp_disabled`) or visitors may not create accounts (422 `signup_disabled`).
 */
export const sendMagicLink: Endpoint = (context, request) => {
  const contact = parseInput(contactSchema, request.body)
  if (contact.phone && !contact.email) {
    throw new AuthError(400, 'phone_provider_disabled', 'Unsupported phone provider')
  }
  const input = parseInput(signInSchema, request.body)
  return sendLink(context, request, input, {
    kind: 'magiclink',
    findUser: (tx) => findOrCreateUser(context, tx, input),
  })
}

async function findOrCreateUser(
  { signUp }: AuthContext,
  tx: Queryable,
  input: z.infer<typeof signInSchema>,
): Promise<UserRow> {
  const existing = await findUserByEmail(tx, input.email)
  if (existing) return existing
  if (input.create_user === false) throw new AuthError(422, 'otp_disabled', 'Signups not allowed for otp')
  if (signUp === 'off') {
    throw new AuthError(422, 'signup_disabled', 'Signups not allowed for this instance')
  }
  return createUser(tx, {
    email: input.email,
    passwordHash: null,
    isConfirmed: false,
    userMetadata: input.data ?? {},
  })
}

async function sendLink(
  context: AuthContext,
  request: AuthRequest,
  input: z.infer<typeof schema>,
  {
    kind,
    findUser,
  }: { kind: 'recovery' | 'magiclink'; findUser: (tx: Queryable) => Promise<UserRow | undefined> },
): Promise<AuthAnswer> {
  requireEmails(context)
  // The web server limits its clients itself; here they all have its address.
  const ip = request.caller.key === 'service_role' ? undefined : request.ip
  limitEmails(context.limits, { ip, email: input.email })
  await inTransaction(context.pool, async (tx) => {
    const user = await findUser(tx)
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
