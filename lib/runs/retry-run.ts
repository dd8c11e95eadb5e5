import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, runs, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { requestProcessing } from '#lib/facets/request-processing.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { hasEnded } from '#lib/jobs/run-statuses.ts'

/**
 * Retries the work of an ended run. For a sermon's run the whole pipeline is requested, so that later tasks
 * run too; finished steps are skipped. Returns the new event's or run's id. Throws `conflict` while the run
 * has not ended.
 */
export async function retryRun(
  { db, jobs }: { db: Database; jobs: JobEngine },
  { runId, churchId, actorId }: { runId: string; churchId: string; actorId: string },
): Promise<{ eventId: string } | { runId: string }> {
  const [run] = await db
    .select({ status: runs.status, sermonId: sermons.id })
    .from(runs)
    .leftJoin(sermons, eq(sermons.id, runs.sermonId))
    .where(and(eq(runs.id, runId), eq(runs.churchId, churchId)))
  if (!run) throw new AppError('not_found', 'This run does not exist. It may have been deleted by retention.')
  if (!hasEnded(run.status)) {
    throw new AppError('conflict', 'This run has not ended yet. Wait for it, or cancel it first.')
  }
  const result = run.sermonId
    ? { eventId: await retrySermon(db, { sermonId: run.sermonId, churchId }) }
    : { runId: await jobs.replay(runId) }
  await db
    .insert(auditLog)
    .values({ churchId, actorId, action: 'run.retried', subject: runId, details: { ...result } })
  return result
}

function retrySermon(
  db: Database,
  { sermonId, churchId }: { sermonId: string; churchId: string },
): Promise<string> {
  return db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo: [] }))
}
