import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, runs } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { hasEnded } from '#lib/jobs/run-statuses.ts'
import { syncRunById } from '#lib/runs/sync-run.ts'

/**
 * Stops a run that has not ended. Throws `not_found` for an unknown run or a run of another church, `conflict`
 * when it has ended already, `unavailable` when the engine does not answer.
 */
export async function cancelRun(
  { db, jobs, now }: { db: Database; jobs: JobEngine; now: () => Date },
  { runId, churchId, actorId }: { runId: string; churchId: string; actorId: string },
): Promise<void> {
  const [run] = await db
    .select({ status: runs.status })
    .from(runs)
    .where(and(eq(runs.id, runId), eq(runs.churchId, churchId)))
  if (!run) throw new AppError('not_found', 'This run does not exist. It may have been deleted by retention.')
  if (hasEnded(run.status)) {
    throw new AppError('conflict', 'This run has already ended.')
  }
  try {
    await jobs.cancel(runId)
    // A run that never started has no hook that records its end.
    await syncRunById({ db, jobs, now }, runId)
  } catch (cause) {
    throw new AppError('unavailable', 'The job engine does not answer. Try again in a moment.', { cause })
  }
  await db.insert(auditLog).values({ churchId, actorId, action: 'run.cancelled', subject: runId })
}
