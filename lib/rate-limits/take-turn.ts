import { createHash } from 'node:crypto'
import { eq, lt, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { rateLimits } from '#lib/db/schema.ts'

export interface Pace {
  name: string
  /** How much is allowed at once. */
  capacity: number
  /** One more is allowed after each of these intervals. */
  refillMs: number
}

export type Turn = { allowed: true } | { allowed: false; retryAfterMs: number }

/**
 * Takes one from what `key` may still do at this pace. All processes of an installation share the count, by the
 * clock of the database. A refused turn costs nothing and says how long to wait.
 */
export async function takeTurn(services: { db: Database }, pace: Pace, key: string): Promise<Turn> {
  const row = digestKey(pace, key)
  const { capacity, refillMs } = pace
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
  const [turn] = rows
  if (turn === undefined || turn.allowed) return { allowed: true }
  return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(turn.full_in_ms - (capacity - 1) * refillMs)) }
}

/** Puts one back that was taken for nothing. */
export async function giveBackTurn(services: { db: Database }, pace: Pace, key: string): Promise<void> {
  await services.db
    .update(rateLimits)
    .set({ fullAt: sql`${rateLimits.fullAt} - ${pace.refillMs} * interval '1 ms'` })
    .where(eq(rateLimits.key, digestKey(pace, key)))
}

/** Removes rows that say no more than a missing one. */
export async function pruneRateLimits(services: { db: Database }): Promise<void> {
  await services.db.delete(rateLimits).where(lt(rateLimits.fullAt, sql`clock_timestamp()`))
}

function digestKey({ name }: Pace, key: string): string {
  return createHash('sha256').update(`${name}\0${key}`).digest('base64url')
}
