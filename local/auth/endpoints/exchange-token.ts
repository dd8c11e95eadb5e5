import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isSame } from '../../api-keys/identify-caller.ts'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { checkNotBanned, findUserByEmail, findUserById } from '../find-user.ts'
import { limitPasswords } from '../limit-rate.ts'
import { emailField, parseInput, passwordField } from '../parse-input.ts'
import { refreshSession } from '../refresh-session.ts'
import { startSession } from '../start-session.ts'
import type { Endpoint } from './endpoint.ts'

const passwordSchema = z.object({ email: emailField, password: passwordField })
const refreshSchema = z.object({ refresh_token: z.string().min(1).max(500) })
const pkceSchema = z.object({
  auth_code: z.string().min(1).max(200),
  code_verifier: z.string().min(1).max(500),
})

/**
 * POST /token?grant_type=… Refresh tokens and codes of a flow have no limit: nobody can guess them, and the web server
 * exchanges those of all browsers, so that a limit would let anyone sign everyone out.
 */
export const exchangeToken: Endpoint = async (context, request) => {
  switch (request.query.get('grant_type')) {
    case 'password': {
      // The web server limits its clients itself; here they all have its address.
      if (request.caller.key === 'service_role') return signInWithPassword(context, request)
      const { email } = parseInput(passwordSchema, request.body)
      const attempt = { ip: request.ip, account: email }
      return limitPasswords(context.limits, attempt, () => signInWithPassword(context, request))
    }
    case 'refresh_token': {
      const parsed = refreshSchema.safeParse(request.body)
      if (!parsed.success) {
        return {
          status: 400,
          body: { error: 'invalid_request', error_description: 'refresh_token required' },
        }
      }
      return { status: 200, body: await refreshSession(context, parsed.data.refresh_token) }
    }
    case 'pkce':
      return exchangeCode(context, request)
    default:
      throw new AuthError(400, 'invalid_credentials', 'unsupported_grant_type')
  }
}

const signInWithPassword: Endpoint = async (context, request) => {
  const input = parseInput(passwordSchema, request.body)
  const user = await findUserByEmail(context.pool, input.email)
  const matches = await context.passwords.matches(input.password, user?.encrypted_password ?? null)
  if (!user || !matches) throw new AuthError(400, 'invalid_credentials', 'Invalid login credentials')
  checkNotBanned(user)
  if (!user.email_confirmed_at) throw new AuthError(400, 'email_not_confirmed', 'Email not confirmed')
  const session = await inTransaction(context.pool, (tx) =>
    startSession(context, tx, user, { method: 'password', ip: request.ip, userAgent: request.userAgent }),
  )
  return { status: 200, body: session }
}

const exchangeCode: Endpoint = async (context, request) => {
  const input = parseInput(pkceSchema, request.body)
  return inTransaction(context.pool, async (tx) => {
    const { rows } = await tx.query<{
      user_id: string
      code_challenge: string
      code_challenge_method: string
      age_seconds: number
    }>(
      `select user_id, code_challenge, code_challenge_method,
              extract(epoch from now() - auth_code_issued_at)::float8 as age_seconds
         from auth.flow_state where auth_code = $1 and auth_code_issued_at is not null and user_id is not null
          for update`,
      [input.auth_code],
    )
    const flow = rows[0]
    if (!flow)
      throw new AuthError(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found')
    if (flow.age_seconds > 300)
      throw new AuthError(422, 'flow_state_expired', 'invalid flow state, flow state has expired')
    const challenge =
      flow.code_challenge_method === 's256'
        ? createHash('sha256').update(input.code_verifier).digest('base64url')
        : input.code_verifier
    if (!isSame(challenge, flow.code_challenge)) {
      throw new AuthError(
        400,
        'bad_code_verifier',
        'code challenge does not match previously saved code verifier',
      )
    }
    await tx.query('delete from auth.flow_state where auth_code = $1', [input.auth_code])
    const user = await findUserById(tx, flow.user_id)
    checkNotBanned(user)
    const session = await startSession(context, tx, user, {
      method: 'otp',
      ip: request.ip,
      userAgent: request.userAgent,
    })
    return { status: 200, body: session }
  })
}
