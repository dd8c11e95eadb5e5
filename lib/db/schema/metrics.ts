import { bigint, bigserial, doublePrecision, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** What is counted in the database, by triggers on the rows that change. */
export const countedMetrics = ['run_ended', 'run_seconds', 'event_processed', 'dead_letter_created'] as const
export type CountedMetric = (typeof countedMetrics)[number]

const metric = () => text().$type<CountedMetric>().notNull()
const labels = () => jsonb().$type<Record<string, string>>().notNull()

/**
 * Observations that are not in `metric_totals` yet. Appended in the transaction that makes the observed change, so
 * that none is lost or counted twice and no two transactions wait for the same total.
 */
export const metricObservations = pgTable('metric_observations', {
  id: bigserial({ mode: 'number' }).primaryKey(),
  metric: metric(),
  labels: labels(),
  value: doublePrecision().notNull(),
}).enableRLS()

/** Running totals, which outlive the rows that were counted. */
export const metricTotals = pgTable(
  'metric_totals',
  {
    metric: metric(),
    labels: labels(),
    /** Upper bound of the histogram bucket; Infinity above the last bound and for metrics without buckets. */
    bound: doublePrecision().notNull(),
    count: bigint({ mode: 'number' }).notNull(),
    sum: doublePrecision().notNull(),
  },
  (table) => [primaryKey({ columns: [table.metric, table.labels, table.bound] })],
).enableRLS()
