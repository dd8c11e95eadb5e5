import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import { readQueueFigures } from '#lib/telemetry/read-queue-figures.ts'

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
  const queues = await readQueueFigures({ db }, { churchId })
  const [waiting] = await db
    .select({ count })
    .from(runs)
    .where(and(eq(runs.churchId, churchId), eq(runs.status, 'waiting')))
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
  const sum = (figure: 'backlog' | 'running') => queues.reduce((total, queue) => total + queue[figure], 0)
  return {
    running: sum('running') + (waiting?.count ?? 0),
    queued: sum('backlog'),
    failedToday: failed?.count ?? 0,
  }
}
