import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { knownClients } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { giveBackTurn, type Pace, takeTurn } from '#lib/rate-limits/take-turn.ts'

/** How long an address counts as one of the account's own after the last right password from it. */
const knownDays = 90
/** Wrong guesses of one client, at whatever accounts. */
const ofClient: Pace = { name: 'guesses of a client', capacity: 30, refillMs: 10_000 }
/** Behind an address that many share, one of them must not lock the others out so easily. */
const ofSharedClient: Pace = { name: 'guesses of a client', capacity: 600, refillMs: 500 }
/** Wrong guesses at one account from everywhere. When they are used up, each new client gets only a few more. */
const atAccount: Pace = { name: 'guesses at an account', capacity: 100, refillMs: 36_000 }
const atAccountUnderAttack: Pace = {
  name: 'guesses of a client under attack',
  capacity: 5,
  refillMs: 120_000,
}
/** A client that the account knows is slowed down instead of refused. */
const ofKnownClient: Pace = { name: 'guesses of a known client', capacity: 30, refillMs: 10_000 }
const longestDelayMs = 3_000
const mostWaiting = 20

interface Attempt {
  email: string
  client: { key: string; isShared: boolean }
}

let waiting = 0

/**
 * Signs a client in, as fast as guessing may be. It has to be called with every attempt, because the auth server sees
 * only us. A right password costs nothing.
 *
 * - A client that guesses wrong often is refused, whatever accounts it tries.
 * - Many clients that guess at one account are refused after a few attempts each, so that nobody new is locked out.
 * - A client from which the right password of this account was given lately is never refused for wrong guesses,
 *   its own or those of others; its attempts only take longer. The exception is a flood of them at one moment.
 *
 * Throws `rate_limited`, and what `signIn` throws.
 */
export async function paceSignIns<T>(
  services: { db: Database },
  attempt: Attempt,
  signIn: () => Promise<T>,
): Promise<T> {
  const account = digest(attempt.email.trim().toLowerCase())
  const client = digest(attempt.client.key)
  const isKnown = await isKnownClient(services, { account, client })
  const giveBack = isKnown
    ? await slowDown(services, `${account} ${client}`)
    : await takeGuess(services, { account, client, isShared: attempt.client.isShared })
  try {
    const signedIn = await signIn()
    await giveBack()
    await rememberClient(services, { account, client })
    return signedIn
  } catch (error) {
    if (!isWrongGuess(error)) await giveBack()
    throw error
  }
}

/** Forgets clients from which nobody has signed in for long. */
export async function pruneKnownClients(services: { db: Database }): Promise<void> {
  await services.db
    .delete(knownClients)
    .where(lt(knownClients.signedInAt, sql`now() - ${knownDays} * interval '1 day'`))
}

/** Counts a guess before its result is known, so that many at one moment are all counted. */
async function takeGuess(
  services: { db: Database },
  { account, client, isShared }: { account: string; client: string; isShared: boolean },
): Promise<() => Promise<void>> {
  const pace = isShared ? ofSharedClient : ofClient
  const pair = `${account} ${client}`
  const taken: [Pace, string][] = []
  const take = async (wanted: Pace, key: string) => {
    const turn = await takeTurn(services, wanted, key)
    if (turn.allowed) taken.push([wanted, key])
    return turn
  }
  const own = await take(pace, client)
  if (!own.allowed) throw tooMany(own.retryAfterMs)
  if (!(await take(atAccount, account)).allowed) {
    const last = await take(atAccountUnderAttack, pair)
    if (!last.allowed) throw tooMany(last.retryAfterMs)
  }
  return async () => {
    for (const [wanted, key] of taken) await giveBackTurn(services, wanted, key)
  }
}

async function slowDown(services: { db: Database }, pair: string): Promise<() => Promise<void>> {
  const turn = await takeTurn(services, ofKnownClient, pair)
  if (turn.allowed) return () => giveBackTurn(services, ofKnownClient, pair)
  if (waiting >= mostWaiting) throw tooMany(longestDelayMs)
  waiting += 1
  try {
    await delay(Math.min(turn.retryAfterMs, longestDelayMs))
  } finally {
    waiting -= 1
  }
  return async () => undefined
}

async function isKnownClient(
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
