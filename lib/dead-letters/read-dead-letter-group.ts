import { and, desc, eq, gte, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { type DeadLetterState, deadLetters } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { bucketCounts, SPARKLINE_BUCKETS, sparklineBucket } from '#lib/runs/sparkline.ts'

export type DeadLetterGroupView = {
  fingerprint: string
  type: string
  /** From the newest dead letter. */
  reason: string
  advice: string
  counts: Record<DeadLetterState, number>
  firstSeen: string
  lastSeen: string
  /** Dead letters created in each of 28 equal parts of the last seven days, oldest first, in any state. */
  sparkline: number[]
}

/** All dead letters of one fingerprint in a church, open or closed. Throws `not_found` when there are none. */
export async function readDeadLetterGroup(
  { db, now }: { db: Database; now: () => Date },
  { fingerprint, churchId }: { fingerprint: string; churchId: string },
): Promise<DeadLetterGroupView> {
  const which = and(eq(deadLetters.fingerprint, fingerprint), eq(deadLetters.churchId, churchId))
  const [newest] = await db
    .select({ type: deadLetters.type, reason: deadLetters.reason, advice: deadLetters.advice })
    .from(deadLetters)
    .where(which)
    .orderBy(desc(deadLetters.createdAt))
    .limit(1)
  if (!newest) throw new AppError('not_found', 'There are no dead letters of this kind.')
  const states = await db
    .select({
      state: deadLetters.state,
      count: sql<number>`count(*)::int`,
      first: sql<Date>`min(${deadLetters.createdAt})`.mapWith(deadLetters.createdAt),
      last: sql<Date>`max(${deadLetters.createdAt})`.mapWith(deadLetters.createdAt),
    })
    .from(deadLetters)
    .where(which)
    .groupBy(deadLetters.state)
  const counts: Record<DeadLetterState, number> = { open: 0, redriven: 0, resolved: 0, discarded: 0 }
  for (const { state, count } of states) counts[state] = count
  const { since, bucket } = sparklineBucket(sql`${deadLetters.createdAt}`, now())
  const created = await db
    .select({ key: deadLetters.fingerprint, bucket, count: sql<number>`count(*)::int` })
    .from(deadLetters)
    .where(and(which, gte(deadLetters.createdAt, since)))
    .groupBy(sql`1`, sql`2`)
  const times = (pick: 'first' | 'last') => states.map((row) => row[pick].getTime())
  return {
    fingerprint,
    ...newest,
    counts,
    firstSeen: new Date(Math.min(...times('first'))).toISOString(),
    lastSeen: new Date(Math.max(...times('last'))).toISOString(),
    sparkline: bucketCounts(created).get(fingerprint) ?? Array<number>(SPARKLINE_BUCKETS).fill(0),
  }
}
