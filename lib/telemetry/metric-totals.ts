import { sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { type CountedMetric, metricTotals } from '#lib/db/schema.ts'

/** Upper bounds of the buckets of a run's duration, in seconds. */
export const runSecondsBounds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600]

export type MetricTotal = {
  metric: CountedMetric
  labels: Record<string, string>
  /** Upper bound of the bucket; Infinity above the last bound and for metrics without buckets. */
  bound: number
  count: number
  sum: number
}

/**
 * Adds the observations since the last call to the running totals. Several processes may do this at the same time:
 * each observation is added by one of them.
 */
export async function foldObservations({ db }: { db: Database }): Promise<void> {
  const bounds = sql.raw(runSecondsBounds.join(', '))
  await db.execute(sql`
    with taken as (
      delete from metric_observations returning metric, labels, value
    )
    insert into metric_totals (metric, labels, bound, count, sum)
    select
      metric,
      labels,
      coalesce(
        (select min(bound) from unnest(array[${bounds}]::float8[]) as bound where metric = 'run_seconds' and bound >= value),
        'Infinity'
      ),
      count(*),
      sum(value)
    from taken
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (metric, labels, bound) do update set
      count = metric_totals.count + excluded.count,
      sum = metric_totals.sum + excluded.sum`)
}

/** The running totals, up to this moment. */
export async function readMetricTotals({ db }: { db: Database }): Promise<MetricTotal[]> {
  await foldObservations({ db })
  return db.select().from(metricTotals).orderBy(metricTotals.metric, metricTotals.labels, metricTotals.bound)
}
