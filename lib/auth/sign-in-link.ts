import { createHash } from 'node:crypto'
import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js'
import { z } from 'zod'
import { createServiceClient } from '#lib/auth/create-service-client.ts'
import type { SessionClient } from '#lib/auth/create-session-client.ts'
import { readSecondFactor } from '#lib/auth/second-factor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { profiles } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { consumeRateLimit, type RateLimit } from '#lib/rate-limits/consume-rate-limit.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'

export const linkRequestSchema = z.object({
  email: textLine({ name: 'email address', max: 254, required: 'Enter your email address.' }).pipe(
    z.email('Enter an email address, such as ruth@example.org.'),
  ),
})

/** The types of emails that sign a person in. Hosted Auth confirms a new address with one of its own. */
export const linkTypes = ['magiclink', 'email', 'signup'] as const

export const openLinkSchema = z.object({
  token: textKey({ name: 'token', max: 200, required: 'Open the link again.' }),
  type: z.enum(linkTypes),
})

/** Links that one client requests, for any addresses. */
const ofClient: RateLimit = { name: 'sign-in links of a client', capacity: 10, refillMs: 60_000 }
/** A higher limit for an address that many clients share. */
const ofSharedClient: RateLimit = { name: 'sign-in links of a client', capacity: 100, refillMs: 6_000 }
/** Links that one client opens: Auth does not limit us as one client. */
const openedByClient: RateLimit = { name: 'opened sign-in links', capacity: 30, refillMs: 10_000 }
const openedByShared: RateLimit = { name: 'opened sign-in links', capacity: 300, refillMs: 1_000 }
/**
 * Nobody can fill the mailbox of another person. Strangers can use this up, so the newest of these links keeps working, and
 * people are told to use it.
 */
const toAccount: RateLimit = { name: 'sign-in links to an account', capacity: 5, refillMs: 300_000 }

const TOO_MANY =
  'Too many sign-in links were sent. Use the newest one in your mailbox, or wait a few minutes and try again.'

/**
 * Lets Auth send a link that signs in, once and within an hour, in any browser. A new address gets an account. The answer
 * is the same whether the address has an account or not. `next` is the path to open afterwards. Throws `rate_limited`,
 * and `unavailable` when Auth does not answer.
 */
export async function requestSignInLink(
  { db, env }: { db: Database; env: Pick<Env, 'SITE_URL' | 'SUPABASE_URL' | 'SUPABASE_SECRET_KEY'> },
  { email, next, client }: { email: string; next: string; client: { key: string; isShared: boolean } },
): Promise<void> {
  await pace(db, client.isShared ? ofSharedClient : ofClient, client.key)
  await pace(db, toAccount, createHash('sha256').update(email.toLowerCase()).digest('base64url'))
  // With the secret key Auth does not limit us as one client. Without a stored session it can be opened in any browser.
  const auth = createServiceClient({ supabaseUrl: env.SUPABASE_URL, secretKey: env.SUPABASE_SECRET_KEY }).auth
  const { error } = await auth.signInWithOtp({
    email,
    options: { shouldCreateUser: true, emailRedirectTo: new URL(next, env.SITE_URL).href },
  })
  if (error && !isAboutAddress(error)) throw toAppError(error)
}

/** Whether an answer of Auth tells something about an address: its callers get the same answer as for any other. */
function isAboutAddress({ code }: AuthError): boolean {
  return ['otp_disabled', 'signup_disabled', 'email_exists', 'user_banned'].includes(code ?? '')
}

/**
 * Signs the person of a link in with `session` and makes them a listener, if they are not known yet. Throws `forbidden`
 * for a link that was used or has expired, and for a person with a second factor, who signs in with their password; and
 * `rate_limited`, `unavailable`.
 */
export async function openSignInLink(
  services: { db: Database; session: SessionClient; env: Pick<Env, 'SUPABASE_SECRET_KEY'> },
  { token, type, client }: z.infer<typeof openLinkSchema> & { client: { key: string; isShared: boolean } },
): Promise<{ userId: string }> {
  const { db, session } = services
  await pace(db, client.isShared ? openedByShared : openedByClient, client.key)
  const { data, error } = await session.auth.verifyOtp({ token_hash: token, type })
  if (error) throw toAppError(error)
  const { user } = data
  if (!user?.email) throw linkExpired()
  if ((await readSecondFactor(services, { userId: user.id })).isOn) {
    await session.auth.signOut({ scope: 'local' })
    throw new AppError(
      'forbidden',
      'Your account has a second factor. Sign in with your password and the code of your app.',
      { reason: 'auth.link_not_enough' },
    )
  }
  await db.insert(profiles).values({ id: user.id, email: user.email }).onConflictDoNothing()
  return { userId: user.id }
}

async function pace(db: Database, limit: RateLimit, key: string): Promise<void> {
  const result = await consumeRateLimit({ db }, limit, key)
  if (result.allowed) return
  throw new AppError('rate_limited', TOO_MANY, {
    reason: 'auth.too_many_links',
    retryAfterMs: result.retryAfterMs,
  })
}

function toAppError(error: AuthError): AppError {
  if (error.status === 429) {
    return new AppError('rate_limited', TOO_MANY, { reason: 'auth.too_many_links', cause: error })
  }
  if (isAuthRetryableFetchError(error) || (error.status ?? 500) >= 500) {
    return new AppError('unavailable', 'Signing in is not possible right now. Try again in a moment.', {
      cause: error,
    })
  }
  if (error.code === 'email_address_invalid' || error.code === 'validation_failed') {
    return new AppError('bad_request', 'This email address cannot be used. Check it, then try again.', {
      cause: error,
    })
  }
  return linkExpired(error)
}

function linkExpired(cause?: unknown): AppError {
  return new AppError('forbidden', 'This link was used already, or has expired. Ask for a new one.', {
    reason: 'auth.link_expired',
    cause,
  })
}
