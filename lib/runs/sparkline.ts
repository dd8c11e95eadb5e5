import { type SQL, sql } from 'drizzle-orm'

/** A sparkline covers seven days in 28 equal parts, oldest first. */
export const SPARKLINE_BUCKETS = 28
const BUCKET_MS = (7 * 24 * 60 * 60 * 1000) / SPARKLINE_BUCKETS

/** The start of a sparkline, and the SQL for the bucket of a time, for grouping in the database. */
export function sparklineBucket(time: SQL, now: Date): { since: Date; bucket: SQL<number> } {
  const since = new Date(now.getTime() - SPARKLINE_BUCKETS * BUCKET_MS)
  const bucket = sql<number>`floor(date_part('epoch', ${time} - ${since.toISOString()}::timestamptz) * 1000 / ${sql.raw(String(BUCKET_MS))})::int`
  return { since, bucket }
}

/** Collects bucket counts into one array for each key. A time at the very end counts into the last bucket. */
export function bucketCounts(
  rows: readonly { key: string | null; bucket: number; count: number }[],
): Map<string, number[]> {
  const countsOf = new Map<string, number[]>()
  for (const { key, bucket, count } of rows) {
    if (key === null) continue
    const counts = countsOf.get(key) ?? Array<number>(SPARKLINE_BUCKETS).fill(0)
    const at = Math.max(0, Math.min(SPARKLINE_BUCKETS - 1, bucket))
    counts[at] = (counts[at] ?? 0) + count
    countsOf.set(key, counts)
  }
  return countsOf
}
