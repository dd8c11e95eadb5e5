import { and, desc, eq, gte, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { bucketCounts, SPARKLINE_BUCKETS, sparklineBucket } from '#lib/runs/sparkline.ts'

export type ErrorGroup = {
  fingerprint: string
  taskId: string
  /** The newest message of the group. */
  message: string
  count: number
  firstSeen: string
  lastSeen: string
  /** The newest run that failed with this error. */
  runId: string
  /** Failed runs in each of 28 equal parts of the last seven days, oldest first. */
  sparkline: number[]
}

const MAX_GROUPS = 100

/**
 * Failed runs of the last seven days grouped by fingerprint, most recent failure first. `firstSeen` covers
 * all stored runs, not only those seven days.
 */
export async function listErrorGroups(
  { db, now }: { db: Database; now: () => Date },
  { churchId }: { churchId?: string } = {},
): Promise<ErrorGroup[]> {
  const { since, bucket } = sparklineBucket(sql`${runs.createdAt}`, now())
  const which = and(
    isNotNull(runs.errorFingerprint),
    // Redundant, but lets the query use the index of the failures of a church.
    churchId ? isNotNull(runs.errorText) : undefined,
    gte(runs.createdAt, since),
    churchId ? eq(runs.churchId, churchId) : undefined,
  )
  const newest = <T>(value: ReturnType<typeof sql>) =>
    sql<T>`(array_agg(${value} order by ${runs.createdAt} desc))[1]`
  const groups = await db
    .select({
      fingerprint: sql<string>`${runs.errorFingerprint}`,
      taskId: sql<string>`min(${runs.taskId})`,
      message: newest<string | null>(sql`${runs.error} ->> 'message'`),
      runId: newest<string>(sql`${runs.id}`),
      count: sql<number>`count(*)::int`,
      // The first of all stored runs, not only of those within the week.
      firstSeen: sql<Date>`(select first.created_at from runs first
        where first.error_fingerprint = ${runs}.error_fingerprint ${churchId ? sql`and first.church_id = ${churchId}` : sql``}
        order by first.created_at limit 1)`.mapWith(runs.createdAt),
      lastSeen: sql<Date>`max(${runs.createdAt})`.mapWith(runs.createdAt),
    })
    .from(runs)
    .where(which)
    .groupBy(runs.errorFingerprint)
    .orderBy(desc(sql`max(${runs.createdAt})`))
    .limit(MAX_GROUPS)
  if (groups.length === 0) return []
  const counted = await db
    .select({ key: runs.errorFingerprint, bucket, count: sql<number>`count(*)::int` })
    .from(runs)
    .where(which)
    .groupBy(sql`1`, sql`2`)
  const sparklines = bucketCounts(counted)
  return groups.map(({ message, firstSeen, lastSeen, ...group }) => ({
    ...group,
    message: message ?? '',
    firstSeen: firstSeen.toISOString(),
    lastSeen: lastSeen.toISOString(),
    sparkline: sparklines.get(group.fingerprint) ?? Array<number>(SPARKLINE_BUCKETS).fill(0),
  }))
}
