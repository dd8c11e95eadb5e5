import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { knownClients } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { siteOf } from '#lib/rate-limits/client-key.ts'
import { consumeRateLimit, type RateLimit, refundRateLimit } from '#lib/rate-limits/consume-rate-limit.ts'

/** How long an address is known for an account after the last right password from it. */
const knownDays = 90
/** Wrong guesses of one client, at any accounts. */
const ofClient: RateLimit = { name: 'guesses of a client', capacity: 30, refillMs: 10_000 }
/** A higher limit for an address that many clients share, so that one of them does not lock the others out. */
const ofSharedClient: RateLimit = { name: 'guesses of a client', capacity: 600, refillMs: 500 }
/** Wrong guesses of one IPv6 site, which may be one person with very many networks, or many people with one each. */
const ofSite: RateLimit = { ...ofSharedClient, name: 'guesses of a site' }
/** Wrong guesses at one account from everywhere. When they are used up, each new client, or IPv6 site, gets only a few more. */
const atAccount: RateLimit = { name: 'guesses at an account', capacity: 100, refillMs: 36_000 }
const atAccountUnderAttack: RateLimit = {
  name: 'guesses of a client under attack',
  capacity: 5,
  refillMs: 120_000,
}
/** A known client of the account is slowed down instead of refused. */
const ofKnownClient: RateLimit = { name: 'guesses of a known client', capacity: 30, refillMs: 10_000 }
const longestDelayMs = 3_000
const mostWaiting = 20

interface Attempt {
  email: string
  client: { key: string; isShared: boolean }
}

let waiting = 0

/**
 * Signs a client in and limits the rate of wrong guesses. Call it for every attempt, because the auth server sees
 * all attempts from one address, ours. A right password does not count. `signIn` learns whether the client has signed in to
 * this account before.
 *
 * - A client that often guesses wrong is refused, whichever accounts it tries.
 * - When many clients guess at one account, each is refused after a few attempts; new clients keep a few attempts.
 * - A client that recently sent the right password of this account is never refused for wrong guesses, its own or
 *   those of others; its attempts only take longer. The exception is too many attempts at the same time.
 *
 * Throws `rate_limited`, and what `signIn` throws.
 */
export async function limitSignIns<T>(
  services: { db: Database },
  attempt: Attempt,
  signIn: (about: { isKnownClient: boolean }) => Promise<T>,
): Promise<T> {
  const account = digest(attempt.email.trim().toLowerCase())
  const client = digest(attempt.client.key)
  const isKnownClient = await findKnownClient(services, { account, client })
  const refund = isKnownClient
    ? await slowDown(services, `${account} ${client}`)
    : await countGuess(services, { account, client: attempt.client })
  try {
    const signedIn = await signIn({ isKnownClient })
    await refund()
    await rememberClient(services, { account, client })
    return signedIn
  } catch (error) {
    if (!isWrongGuess(error)) await refund()
    throw error
  }
}

/** Deletes known clients without a sign-in in the last 90 days. */
export async function pruneKnownClients(services: { db: Database }): Promise<void> {
  await services.db
    .delete(knownClients)
    .where(lt(knownClients.signedInAt, sql`now() - ${knownDays} * interval '1 day'`))
}

/** Forgets from where an account was used, when it is deleted. */
export async function forgetKnownClients(
  { db }: { db: DatabaseOrTransaction },
  { email }: { email: string },
): Promise<void> {
  await db.delete(knownClients).where(eq(knownClients.account, digest(email.trim().toLowerCase())))
}

/** Counts a guess before its result is known, so that simultaneous guesses are all counted. */
async function countGuess(
  services: { db: Database },
  { account, client: { key, isShared } }: { account: string; client: Attempt['client'] },
): Promise<() => Promise<void>> {
  const limit = isShared ? ofSharedClient : ofClient
  const site = siteOf(key)
  const taken: [RateLimit, string][] = []
  const take = async (wanted: RateLimit, key: string) => {
    const result = await consumeRateLimit(services, wanted, key)
    if (result.allowed) taken.push([wanted, key])
    return result
  }
  const own = await take(limit, digest(key))
  if (!own.allowed) throw tooMany(own.retryAfterMs)
  if (site !== key) {
    const ofAll = await take(ofSite, digest(site))
    if (!ofAll.allowed) throw tooMany(ofAll.retryAfterMs)
  }
  if (!(await take(atAccount, account)).allowed) {
    const last = await take(atAccountUnderAttack, `${account} ${digest(site)}`)
    if (!last.allowed) throw tooMany(last.retryAfterMs)
  }
  return async () => {
    for (const [wanted, key] of taken) await refundRateLimit(services, wanted, key)
  }
}

async function slowDown(services: { db: Database }, pair: string): Promise<() => Promise<void>> {
  const result = await consumeRateLimit(services, ofKnownClient, pair)
  if (result.allowed) return () => refundRateLimit(services, ofKnownClient, pair)
  if (waiting >= mostWaiting) throw tooMany(longestDelayMs)
  waiting += 1
  try {
    await delay(Math.min(result.retryAfterMs, longestDelayMs))
  } finally {
    waiting -= 1
  }
  return async () => undefined
}

async function findKnownClient(
  { db }: { db: Database },
  { account, client }: { account: string; client: string },
): Promise<boolean> {
  const known = await db
    .select({ account: knownClients.account })
    .from(knownClients)
    .where(
      and(
        eq(knownClients.account, account),
        eq(knownClients.client, client),
        gt(knownClients.signedInAt, sql`now() - ${knownDays} * interval '1 day'`),
      ),
    )
  return known.length > 0
}

async function rememberClient(
  { db }: { db: Database },
  pair: { account: string; client: string },
): Promise<void> {
  await db
    .insert(knownClients)
    .values(pair)
    .onConflictDoUpdate({
      target: [knownClients.account, knownClients.client],
      set: { signedInAt: sql`now()` },
    })
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError('rate_limited', 'Too many attempts. Wait a minute, then try again.', { retryAfterMs })
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** A right password without the code beside it is no guess. */
function isWrongGuess(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_signed_in' && error.reason !== 'auth.code_needed'
}
