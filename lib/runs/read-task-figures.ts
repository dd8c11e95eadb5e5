import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'

export type TaskFigures = {
  taskId: string
  /** Runs that were created within the window. */
  runs: number
  /**
   * Completed runs as a share of completed and failed ones, 0 to 1; null while there are none. Cancelled runs
   * do not count.
   */
  successRate: number | null
  p50Ms: number | null
  p95Ms: number | null
  /** Attempts beyond the first. */
  retries: number
  /** Completed and failed runs per hour of the window. */
  perHour: number
}

/** Statistics of each task over the last `hours` (1 to 168), from the stored runs. */
export async function readTaskFigures(
  { db, now }: { db: Database; now: () => Date },
  { hours, churchId }: { hours: number; churchId?: string },
): Promise<TaskFigures[]> {
  const windowHours = Math.max(1, Math.min(168, hours))
  const since = new Date(now().getTime() - windowHours * 3_600_000)
  // date_part rather than extract: extract returns a numeric, which is much slower here.
  const durationMs = sql`date_part('epoch', ${runs.finishedAt} - ${runs.startedAt}) * 1000`
  const percentiles = sql<
    number[] | null
  >`percentile_cont(array[0.5, 0.95]) within group (order by ${durationMs}) filter (where ${runs.status} = 'completed')`
  const rows = await db
    .select({
      taskId: runs.taskId,
      runs: sql<number>`count(*)::int`,
      completed: sql<number>`(count(*) filter (where ${runs.status} = 'completed'))::int`,
      failed: sql<number>`(count(*) filter (where ${inArray(runs.status, [...runStatusGroups.bad])}))::int`,
      retries: sql<number>`coalesce(sum(greatest(${runs.attempt} - 1, 0)), 0)::int`,
      percentiles,
    })
    .from(runs)
    .where(and(gte(runs.createdAt, since), churchId ? eq(runs.churchId, churchId) : undefined))
    .groupBy(runs.taskId)
    .orderBy(runs.taskId)
  return rows.map(({ completed, failed, percentiles, ...row }) => {
    const [p50Ms = null, p95Ms = null] = percentiles ?? []
    return {
      taskId: row.taskId,
      runs: row.runs,
      retries: row.retries,
      successRate: completed + failed === 0 ? null : completed / (completed + failed),
      p50Ms: p50Ms === null ? null : Math.round(p50Ms),
      p95Ms: p95Ms === null ? null : Math.round(p95Ms),
      perHour: (completed + failed) / windowHours,
    }
  })
}
