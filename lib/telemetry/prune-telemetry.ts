import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { foldObservations } from '#lib/telemetry/metric-totals.ts'

export type TelemetryLimits = { keepDays: number; maxRows: number }

const BATCH = 5000

/** Anonymous spans have a part of the rows of the others, beside those: visitors cannot displace what operators need. */
const ANONYMOUS_PART = 10

/**
 * Removes spans and logs that are older than `keepDays`, the oldest beyond `maxRows` of each, and the oldest anonymous
 * spans beyond a tenth of that, and adds observations up to totals where no scraper does. Works in small batches so that nothing else waits. Returns
 * how many spans and logs were removed.
 */
export async function pruneTelemetry(
  { db, now }: { db: Database; now: () => Date },
  { keepDays, maxRows }: TelemetryLimits,
): Promise<number> {
  const before = new Date(now().getTime() - keepDays * 24 * 3600 * 1000).toISOString()
  let removed = 0
  for (const [table, id, at, which, most] of [
    [sql`spans`, sql`span_id`, sql`started_at`, sql`not is_anonymous`, maxRows],
    [sql`spans`, sql`span_id`, sql`started_at`, sql`is_anonymous`, Math.ceil(maxRows / ANONYMOUS_PART)],
    [sql`logs`, sql`id`, sql`at`, sql`true`, maxRows],
  ] as const) {
    for (;;) {
      const cut = sql`greatest(${before}::timestamptz, coalesce((select ${at} from ${table} where ${which} order by ${at} desc offset ${most} limit 1), '-infinity'::timestamptz))`
      const result = await db.execute(
        sql`delete from ${table} where ${id} in (select ${id} from ${table} where ${which} and ${at} <= ${cut} order by ${at} limit ${BATCH})`,
      )
      removed += result.rowCount ?? 0
      if ((result.rowCount ?? 0) < BATCH) break
    }
  }
  await foldObservations({ db })
  return removed
}
