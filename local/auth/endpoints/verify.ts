import { z } from 'zod'
import { type AuthContext, inTransaction, type Queryable } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { changeUser } from '../change-user.ts'
import { checkNotBanned } from '../find-user.ts'
import { consumeOneTimeToken, type EmailKind } from '../one-time-tokens.ts'
import { emailField, orNothing, parseInput } from '../parse-input.ts'
import { type SignInMethod, startSession } from '../start-session.ts'
import type { UserRow } from '../user-row.ts'
import { allowedRedirect } from '../write-letter.ts'
import type { AuthRequest, Endpoint } from './endpoint.ts'

const typeField = z.enum(['signup', 'invite', 'recovery', 'magiclink', 'email', 'email_change'])
type VerifyType = z.infer<typeof typeField>

const schema = z.object({
  type: typeField,
  token_hash: orNothing(z.string().min(1).max(200)),
  token: orNothing(z.string().min(1).max(200)),
  email: orNothing(emailField),
})

const kindsOf: Record<VerifyType, EmailKind[]> = {
  signup: ['signup'],
  invite: ['invite'],
  recovery: ['recovery'],
  magiclink: ['magiclink'],
  email: ['magiclink', 'signup'],
  email_change: ['email_change'],
}

const methodOf: Record<VerifyType, SignInMethod> = {
  signup: 'email/signup',
  invite: 'invite',
  recovery: 'recovery',
  magiclink: 'magiclink',
  email: 'otp',
  email_change: 'email_change',
}

/** POST /verify */
export const verify: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
  context.limits.take(`verify ${request.ip}`, 200, 300)
  if (input.email !== undefined) context.limits.take(`verify ${input.email}`, 10, 300)
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
  const session = await inTransaction(context.pool, async (tx) => {
    const user = await acceptToken(tx, { kinds: kindsOf[input.type], ...proof })
    return openSession(context, tx, user, input.type, request)
  })
  return { status: 200, body: session }
}

/** GET /verify: the link of a letter. Ends on our own site, with a session, a code or an error. */
export const followLink: Endpoint = async (context, request) => {
  const redirectTo = new URL(allowedRedirect(context.siteUrl, request.query.get('redirect_to')))
  const token = request.query.get('token') ?? ''
  try {
    context.limits.take(`verify ${request.ip}`, 200, 300)
    const type = parseInput(typeField, request.query.get('type'))
    const outcome = await inTransaction(context.pool, async (tx) => {
      const user = await acceptToken(tx, { kinds: kindsOf[type], tokenHash: token })
      if (!token.startsWith('pkce_')) return { session: await openSession(context, tx, user, type, request) }
      const { rows } = await tx.query<{ auth_code: string }>(
        'update auth.flow_state set auth_code_issued_at = now() where user_id = $1 returning auth_code',
        [user.id],
      )
      return { code: rows[0]?.auth_code ?? '' }
    })
    if ('code' in outcome) redirectTo.searchParams.set('code', outcome.code)
    else redirectTo.hash = sessionFragment(outcome.session, type)
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    redirectTo.searchParams.set('error', 'access_denied')
    redirectTo.searchParams.set('error_code', error.code)
    redirectTo.searchParams.set('error_description', error.message)
  }
  return { status: 303, headers: { location: redirectTo.href } }
}

async function acceptToken(
  tx: Queryable,
  input: Parameters<typeof consumeOneTimeToken>[1],
): Promise<UserRow> {
  const user = await consumeOneTimeToken(tx, input)
  checkNotBanned(user)
  const newEmail =
    input.kinds.includes('email_change') && user.email_change !== '' ? user.email_change : undefined
  return changeUser(tx, user.id, {
    isConfirmed: true,
    ...(newEmail === undefined ? {} : { email: newEmail }),
  })
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
