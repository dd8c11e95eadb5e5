import { createHash } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { rateLimits } from '#lib/db/schema.ts'

export interface RateLimit {
  name: string
  /** The most requests in a burst. */
  capacity: number
  /** One more is allowed after each of these intervals. */
  refillMs: number
}

export type RateLimitResult = { allowed: true } | { allowed: false; retryAfterMs: number }

/**
 * Counts one request of `key` against a limit. All processes of an installation share the count, by the clock of
 * the database. A refused request is not counted; the result says how long to wait.
 */
export async function consumeRateLimit(
  services: { db: Database },
  limit: RateLimit,
  key: string,
): Promise<RateLimitResult> {
  const row = digestKey(limit, key)
  const { capacity, refillMs } = limit
  const next = sql`greatest(coalesce(known.full_at, clock_timestamp()), clock_timestamp()) + ${refillMs} * interval '1 ms'`
  const { rows } = await services.db.execute<{ allowed: boolean; full_in_ms: number }>(sql`
    with taken as (
      insert into ${rateLimits} as known (key, full_at)
      values (${row}, clock_timestamp() + ${refillMs} * interval '1 ms')
      on conflict (key) do update set full_at = ${next}
      where ${next} <= clock_timestamp() + ${capacity * refillMs} * interval '1 ms'
      returning 1
    )
    select exists (select from taken) as allowed,
      coalesce((
        select extract(epoch from full_at - clock_timestamp()) * 1000 from ${rateLimits} where key = ${row}
      ), 0)::float8 as full_in_ms`)
  const [result] = rows
  if (result === undefined || result.allowed) return { allowed: true }
  return {
    allowed: false,
    retryAfterMs: Math.max(1, Math.ceil(result.full_in_ms - (capacity - 1) * refillMs)),
  }
}

/** Takes a counted request back. */
export async function refundRateLimit(
  services: { db: Database },
  limit: RateLimit,
  key: string,
): Promise<void> {
  await services.db
    .update(rateLimits)
    .set({ fullAt: sql`${rateLimits.fullAt} - ${limit.refillMs} * interval '1 ms'` })
    .where(eq(rateLimits.key, digestKey(limit, key)))
}

/** Removes the rows of callers with a full allowance. */

export async function pruneRateLimits(services: { db: Database }): Promise<void> {
  await services.db.delete(rateLimits).where(lt(rateLimits.fullAt, sql`clock_timestamp()`))
}

function digestKey({ name }: RateLimit, key: string): string {
  return createHash('sha256').update(`${name}\0${key}`).digest('base64url')
}
