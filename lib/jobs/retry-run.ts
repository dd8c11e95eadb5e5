import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, runs, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { finalStatuses } from '#lib/jobs/record-run.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'

/**
 * Has the work of an ended run done again. For a sermon's run the whole pipeline is asked for, so that
 * what follows from it happens too; finished steps are skipped. Returns the new event or run id. Throws
 * `conflict` while the run is still going on.
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
  if (!run) throw new AppError('not_found', 'This run is not here. It may have been tidied away.')
  if (!(finalStatuses as readonly string[]).includes(run.status)) {
    throw new AppError('conflict', 'This run has not ended yet. Wait for it, or cancel it first.')
  }
  const result = run.sermonId
    ? { eventId: await reprocessSermon({ db }, { sermonId: run.sermonId, churchId, redo: [] }) }
    : { runId: await jobs.replay(runId) }
  await db
    .insert(auditLog)
    .values({ churchId, actorId, action: 'run.retried', subject: runId, details: { ...result } })
  return result
}
