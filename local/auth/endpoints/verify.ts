import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { type AuthContext, inTransaction, type Queryable } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { changeUser } from '../change-user.ts'
import { confirmEmailChange } from '../email-change.ts'
import { checkNotBanned } from '../find-user.ts'
import { issueAuthCode } from '../flow-state.ts'
import { limitProofs } from '../limit-rate.ts'
import { consumeOneTimeToken, type TokenKind } from '../one-time-tokens.ts'
import { emailField, orNothing, parseInput } from '../parse-input.ts'
import { type SignInMethod, startSession } from '../start-session.ts'
import type { UserRow } from '../user-row.ts'
import type { AuthRequest, Endpoint } from './endpoint.ts'

const typeField = z.enum(['signup', 'invite', 'recovery', 'magiclink', 'email', 'email_change'])
type VerifyType = z.infer<typeof typeField>

const schema = z.object({
  type: typeField,
  token_hash: orNothing(z.string().min(1).max(200)),
  token: orNothing(z.string().min(1).max(200)),
  email: orNothing(emailField),
})

const kindsOf: Record<VerifyType, TokenKind[]> = {
  signup: ['signup'],
  invite: ['invite'],
  recovery: ['recovery'],
  magiclink: ['magiclink'],
  email: ['magiclink', 'signup'],
  email_change: ['email_change_current', 'email_change_new'],
}

const methodOf: Record<VerifyType, SignInMethod> = {
  signup: 'email/signup',
  invite: 'invite',
  recovery: 'recovery',
  magiclink: 'magiclink',
  email: 'otp',
  email_change: 'email_change',
}

const firstLinkAccepted = 'Confirmation link accepted. Please proceed to confirm link sent to the other email'

/** POST /verify: answers with a session or, after the first link of an address change, a message. */
export const verify: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
  const proof =
    input.token_hash !== undefined
      ? { tokenHash: input.token_hash }
      : input.token !== undefined && input.email !== undefined
        ? { email: input.email, code: input.token }
        : undefined
  if (!proof) {
    throw new AuthError(
      400,
      'validation_failed',
      'Verify requires either a token hash, or an email and a token',
    )
  }
  const accept = () =>
    inTransaction(context.pool, async (tx) => {
      const user = await acceptToken(tx, input.type, proof)
      if (!user) return { status: 200, body: { msg: firstLinkAccepted, code: '200' } }
      return { status: 200, body: await openSession(context, tx, user, input.type, request) }
    })
  // A link has 224 random bits. A limit would let anyone who sends wrong ones keep others from theirs.
  if ('tokenHash' in proof) return accept()
  return limitProofs(context.limits, { kind: 'code', account: proof.email }, accept)
}

/** GET /verify: the link in an email. Redirects to this site with a session, a code, a message or an error. */
export const followLink: Endpoint = async (context, request) => {
  const redirectTo = new URL(allowedRedirect(context.siteUrl, request.query.get('redirect_to')))
  const token = request.query.get('token') ?? ''
  const isPkce = token.startsWith('pkce_')
  try {
    const type = parseInput(typeField, request.query.get('type'))
    await inTransaction(context.pool, async (tx) => {
      const user = await acceptToken(tx, type, { tokenHash: token })
      if (!user) {
        if (isPkce) redirectTo.searchParams.set('message', firstLinkAccepted)
        redirectTo.hash = toFragment({ message: firstLinkAccepted })
      } else if (isPkce) {
        redirectTo.searchParams.set('code', await issueAuthCode(tx, user.id))
      } else {
        redirectTo.hash = sessionFragment(await openSession(context, tx, user, type, request), type)
      }
    })
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    const facts = { error: 'access_denied', error_code: error.code, error_description: error.message }
    // Hosted Auth puts these into the fragment, which the web server cannot read, so they are in the query too.
    for (const [name, value] of Object.entries(facts)) redirectTo.searchParams.set(name, value)
    redirectTo.hash = toFragment(facts)
  }
  return { status: 303, headers: { location: redirectTo.href } }
}

/** Returns the user of a valid token, now confirmed; undefined while a second link must be opened. */
async function acceptToken(
  tx: Queryable,
  type: VerifyType,
  proof: { tokenHash: string } | { email: string; code: string },
): Promise<UserRow | undefined> {
  const user = await consumeOneTimeToken(tx, { kinds: kindsOf[type], ...proof })
  checkNotBanned(user)
  return type === 'email_change'
    ? confirmEmailChange(tx, user)
    : changeUser(tx, user.id, { isConfirmed: true })
}

/** `sb` marks the fragment as one of Supabase Auth. */
function toFragment(facts: Record<string, string>): string {
  return new URLSearchParams({ ...facts, sb: '' }).toString()
}

function openSession(
  context: AuthContext,
  tx: Queryable,
  user: UserRow,
  type: VerifyType,
  request: AuthRequest,
) {
  return startSession(context, tx, user, {
    method: methodOf[type],
    ip: request.ip,
    userAgent: request.userAgent,
  })
}

function sessionFragment(session: Record<string, unknown>, type: VerifyType): string {
  const fragment = new URLSearchParams()
  for (const name of ['access_token', 'expires_at', 'expires_in', 'refresh_token', 'token_type']) {
    fragment.set(name, String(session[name]))
  }
  fragment.set('type', type)
  return fragment.toString()
}
