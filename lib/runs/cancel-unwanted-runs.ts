import { and, asc, inArray, isNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { describeError } from '#lib/describe-error.ts'
import { isUnwanted } from '#lib/facets/unwanted-runs.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import { syncRunById } from '#lib/runs/sync-run.ts'

const BATCH = 100

/**
 * Cancels the runs that have not ended and have work that is no longer wanted, at most 100 in one pass, parents
 * before children, because the engine cancels children with their parent. The next pass retries a run that cannot
 * be cancelled now. Returns how many were cancelled.
 */
export async function cancelUnwantedRuns({
  db,
  jobs,
  now,
}: {
  db: Database
  jobs: Pick<JobEngine, 'cancel' | 'find'>
  now: () => Date
}): Promise<number> {
  const unwanted = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(isNull(runs.finishedAt), inArray(runs.status, [...runStatusGroups.live]), isUnwanted))
    .orderBy(asc(runs.createdAt))
    .limit(BATCH)
  let cancelled = 0
  for (const { id } of unwanted) {
    try {
      await jobs.cancel(id)
      // A run that never started has no hook that records its end.
      await syncRunById({ db, jobs, now }, id)
      cancelled += 1
    } catch (error) {
      console.warn(`Run ${id} could not be cancelled; it will be retried. ${describeError(error).message}`)
    }
  }
  return cancelled
}
