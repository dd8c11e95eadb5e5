import { and, asc, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { describeError } from '#lib/describe-error.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { syncRun } from '#lib/runs/sync-run.ts'

/** How long a parent is watched after its last change or that of a child. Recovery finds later children. */
const WATCHED_MS = 20_000
/** The shortest time between two checks of a parent. */
const QUIET_MS = 2000
const BATCH = 50

/**
 * Records new child runs that still wait in a queue. A child records itself only when it starts, so without this a
 * child in a paused queue would be missing in our counts. Returns how many parents were checked.
 */
export async function recordQueuedChildren({
  db,
  jobs,
  now,
}: {
  db: Database
  jobs: Pick<JobEngine, 'find'>
  now: () => Date
}): Promise<number> {
  const changedSince = new Date(now().getTime() - WATCHED_MS)
  const parents = await db
    .select()
    .from(runs)
    .where(
      and(
        isNull(runs.finishedAt),
        inArray(runs.status, ['running', 'waiting']),
        isNull(runs.parentRunId),
        lt(runs.updatedAt, new Date(now().getTime() - QUIET_MS)),
        or(
          gt(runs.startedAt, changedSince),
          sql`exists (select 1 from runs child where child.parent_run_id = ${runs.id}
            and greatest(child.started_at, child.finished_at) > ${changedSince.toISOString()})`,
        ),
      ),
    )
    .orderBy(asc(runs.updatedAt))
    .limit(BATCH)
  for (const parent of parents) {
    try {
      await syncRun({ db, jobs, now }, parent)
    } catch (error) {
      console.warn(`Run ${parent.id} could not be checked: ${describeError(error).message}`)
      return parents.length
    }
  }
  return parents.length
}
