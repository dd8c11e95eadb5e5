import { createHash, randomInt } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { addressOfCodeKey, findStepOfCode, generateCodeKey, writeCodeKey } from '#lib/auth/one-time-codes.ts'
import { openSecret, sealSecret } from '#lib/auth/seal-secret.ts'
import { removeSessions } from '#lib/auth/sessions.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, profiles, secondFactors, sessionUses } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { consumeRateLimit, type RateLimit, refundRateLimit } from '#lib/rate-limits/consume-rate-limit.ts'
import { textLine } from '#lib/text/text-input.ts'

export const secondFactorCodeSchema = textLine({
  name: 'code',
  max: 40,
  required: 'Enter the code of your authenticator app.',
})

type Deps = { db: Database; env: Pick<Env, 'SUPABASE_SECRET_KEY'> }

/**
 * Where a code is given: in a session, at a sign-in from a client that has signed in before with a code, or at another
 * sign-in.
 */
type Place = 'session' | 'known client' | 'stranger'

/**
 * Wrong codes of one account: a code has only six digits. Each place has its own, so that a person who knows the password does
 * not keep the owner out by using them up.
 */
const ofPlace: Record<Place, RateLimit> = {
  session: { name: 'codes in a session', capacity: 10, refillMs: 60_000 },
  'known client': { name: 'codes of a known client', capacity: 10, refillMs: 60_000 },
  stranger: { name: 'codes of strangers', capacity: 10, refillMs: 600_000 },
}
const recoveryCodeCount = 10
/** Without characters that look alike. */
const recoveryAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Whether the person has a second factor, and how many recovery codes are left. */
export async function readSecondFactor(
  { db }: Pick<Deps, 'db'>,
  { userId }: { userId: string },
): Promise<{ isOn: boolean; recoveryCodesLeft: number }> {
  const [row] = await db.select().from(secondFactors).where(eq(secondFactors.userId, userId))
  const isOn = row?.confirmedAt instanceof Date
  return { isOn, recoveryCodesLeft: isOn ? row.recoveryHashes.length : 0 }
}

/**
 * Makes a key for an authenticator app. Nothing asks for its codes until `confirmSecondFactor`. Throws `conflict` when
 * the person has a second factor already.
 */
export async function beginSecondFactor(
  { db, env }: Deps,
  { userId, email, issuer }: { userId: string; email: string; issuer: string },
): Promise<{ key: string; address: string }> {
  const key = generateCodeKey()
  const secret = sealSecret(key, { installationKey: env.SUPABASE_SECRET_KEY })
  const begun = await db
    .insert(secondFactors)
    .values({ userId, secret })
    .onConflictDoUpdate({
      target: secondFactors.userId,
      set: { secret, lastStep: 0 },
      setWhere: sql`${secondFactors.confirmedAt} is null`,
    })
    .returning({ userId: secondFactors.userId })
  if (begun.length === 0) throw new AppError('conflict', 'You have a second factor already.')
  return { key: writeCodeKey(key), address: addressOfCodeKey(key, { issuer, account: email }) }
}

/**
 * Turns the second factor on with a first code, ends every other session of the person and returns their recovery
 * codes, of which only hashes are kept. Throws `forbidden` for a wrong code, `conflict` when nothing was begun.
 */
export async function confirmSecondFactor(
  deps: Deps,
  input: { userId: string; churchId: string; sessionId: string; code: string },
): Promise<string[]> {
  const { userId, churchId, sessionId, code } = input
  const recoveryCodes = Array.from({ length: recoveryCodeCount }, makeRecoveryCode)
  await paceCodes(deps, { userId, place: 'session' }, () =>
    deps.db.transaction(async (tx) => {
      const row = await lockFactor(tx, userId)
      if (!row || row.confirmedAt) throw new AppError('conflict', 'Start again: set up the app first.')
      await acceptCode(tx, deps, row, code)
      await tx
        .update(secondFactors)
        .set({ confirmedAt: sql`now()`, recoveryHashes: recoveryCodes.map(hashCode) })
        .where(eq(secondFactors.userId, userId))
      await noteSecondFactor(tx, { sessionId })
      await removeSessions(tx, { userId, keepId: sessionId })
      await tx
        .insert(auditLog)
        .values({ churchId, actorId: userId, action: 'second_factor.added', subject: userId })
    }),
  )
  return recoveryCodes
}

/**
 * Checks the code that belongs to a right password. Returns false for a person without a second factor. Throws
 * `not_signed_in` with the reason `auth.code_needed` or `auth.wrong_code`, and `rate_limited`. Every code works once.
 */
export async function checkSecondFactor(
  deps: Deps,
  { userId, code, place }: { userId: string; code: string | undefined; place: Place },
): Promise<boolean> {
  const { isOn } = await readSecondFactor(deps, { userId })
  if (!isOn) return false
  if (!code) {
    throw new AppError('not_signed_in', 'Enter the code of your authenticator app.', {
      reason: 'auth.code_needed',
    })
  }
  await paceCodes(deps, { userId, place }, () =>
    deps.db.transaction(async (tx) => {
      const row = await lockFactor(tx, userId)
      if (row) await acceptCode(tx, deps, row, code)
    }),
  )
  return true
}

/** Notes that the second factor was given in a session. Other sessions of the person are refused. */
export async function noteSecondFactor(
  db: Database | Transaction,
  { sessionId }: { sessionId: string },
): Promise<void> {
  const secondFactorAt = sql`now()`
  await db
    .insert(sessionUses)
    .values({ sessionId, secondFactorAt })
    .onConflictDoUpdate({ target: sessionUses.sessionId, set: { secondFactorAt } })
}

/** Turns the second factor off for a person who gives a code of it. Throws as `checkSecondFactor`. */
export async function removeSecondFactor(
  deps: Deps,
  { userId, churchId, code }: { userId: string; churchId: string; code: string },
): Promise<void> {
  if (!(await checkSecondFactor(deps, { userId, code, place: 'session' }))) return
  await deps.db.transaction(async (tx) => {
    await tx.delete(secondFactors).where(eq(secondFactors.userId, userId))
    await tx
      .insert(auditLog)
      .values({ churchId, actorId: userId, action: 'second_factor.removed', subject: userId })
  })
}

/** Turns the second factor of an account off without a code, for the operator of the machine. */
export async function clearSecondFactor(
  { db }: Pick<Deps, 'db'>,
  { email }: { email: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ user_id: string }>(
      sql`delete from ${secondFactors} where user_id in
          (select ${profiles.id} from ${profiles} where lower(${profiles.email}) = ${email.toLowerCase()})
          returning user_id`,
    )
    for (const { user_id: subject } of rows) {
      await tx.insert(auditLog).values({ action: 'second_factor.cleared', subject })
    }
    return rows.length > 0
  })
}

type Factor = typeof secondFactors.$inferSelect

async function lockFactor(tx: Transaction, userId: string): Promise<Factor | undefined> {
  const [row] = await tx.select().from(secondFactors).where(eq(secondFactors.userId, userId)).for('update')
  return row
}

/** Accepts a code of the app that is newer than the last, or a recovery code, and never the same one again. */
async function acceptCode(tx: Transaction, { env }: Deps, row: Factor, given: string): Promise<void> {
  const code = given.replace(/[\s-]/g, '').toLowerCase()
  const key = openSecret(row.secret, { installationKey: env.SUPABASE_SECRET_KEY })
  const step = key && findStepOfCode(key, code, Date.now())
  const hash = hashCode(code)
  const ofPerson = eq(secondFactors.userId, row.userId)
  if (step !== null && step > row.lastStep) {
    await tx.update(secondFactors).set({ lastStep: step }).where(ofPerson)
  } else if (row.recoveryHashes.includes(hash)) {
    const recoveryHashes = row.recoveryHashes.filter((other) => other !== hash)
    await tx.update(secondFactors).set({ recoveryHashes }).where(ofPerson)
  } else {
    throw new AppError('not_signed_in', 'The code is wrong, or was used already. Wait for the next one.', {
      reason: 'auth.wrong_code',
    })
  }
}

async function paceCodes<T>(
  deps: Deps,
  { userId, place }: { userId: string; place: Place },
  act: () => Promise<T>,
): Promise<T> {
  const turn = await consumeRateLimit(deps, ofPlace[place], userId)
  if (!turn.allowed) {
    throw new AppError('rate_limited', 'Too many attempts. Wait a minute, then try again.', {
      retryAfterMs: turn.retryAfterMs,
    })
  }
  const result = await act()
  await refundRateLimit(deps, ofPlace[place], userId)
  return result
}

function makeRecoveryCode(): string {
  return Array.from({ length: 10 }, () => recoveryAlphabet[randomInt(recoveryAlphabet.length)]).join('')
}

function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
