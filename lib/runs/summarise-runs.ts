import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'

export type RunSummary = {
  running: number
  queued: number
  /** Runs of the last 24 hours that failed. */
  failedToday: number
}

const DAY_MS = 24 * 60 * 60 * 1000

/** The current state of the jobs of a church, in three numbers. */
export async function summariseRuns(
  { db, now }: { db: Database; now: () => Date },
  { churchId }: { churchId: string },
): Promise<RunSummary> {
  const count = sql<number>`count(*)::int`
  const live = await db
    .select({ status: runs.status, count })
    .from(runs)
    .where(and(eq(runs.churchId, churchId), inArray(runs.status, [...runStatusGroups.live])))
    .groupBy(runs.status)
  const [failed] = await db
    .select({ count })
    .from(runs)
    .where(
      and(
        eq(runs.churchId, churchId),
        inArray(runs.status, [...runStatusGroups.bad]),
        gte(runs.createdAt, new Date(now().getTime() - DAY_MS)),
      ),
    )
  const of = (...statuses: string[]) =>
    live.filter(({ status }) => statuses.includes(status)).reduce((sum, row) => sum + row.count, 0)
  return {
    running: of('running', 'waiting'),
    queued: of('queued', 'delayed'),
    failedToday: failed?.count ?? 0,
  }
}
