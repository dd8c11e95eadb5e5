import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { Database, DatabaseOrTransaction, Transaction } from '#lib/db/connect-database.ts'
import { type RunStatus, runs, type StoredError } from '#lib/db/schema.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import { failFacetOfRun } from '#lib/facets/fail-facet.ts'
import { isUnwanted } from '#lib/facets/unwanted-runs.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import type { EngineRun } from '#lib/jobs/read-engine-run.ts'
import { finalStatuses, runStatusGroups } from '#lib/jobs/run-statuses.ts'
import { decideRun } from '#lib/runs/decide-run.ts'
import { endAttempts } from '#lib/runs/record-attempt.ts'

type Dependencies = { db: Database; jobs: Pick<JobEngine, 'find'>; now: () => Date }
export type RunRow = typeof runs.$inferSelect

/**
 * Reads a run from the engine and records its state. Returns `ended` when this call recorded the end, `lost`
 * when the engine has no record of the run (then nothing is recorded), otherwise `open`. Throws when the engine
 * does not answer.
 */
export async function syncRun(
  { db, jobs, now }: Dependencies,
  run: RunRow,
): Promise<'open' | 'ended' | 'lost'> {
  const found = await jobs.find(run.id)
  if (found) await recordWaitingChildren(db, run, found)
  const decision = decideRun(run, found, now())
  switch (decision.kind) {
    case 'keep':
      await db.update(runs).set({ updatedAt: now() }).where(unchanged(run))
      return 'open'
    case 'progress':
      await db.update(runs).set({ status: decision.status, updatedAt: now() }).where(unchanged(run))
      return 'open'
    case 'finish':
      return (await db.transaction((tx) => finish(tx, run, decision.found, now()))) ? 'ended' : 'open'
    case 'lost':
      return 'lost'
  }
}

/** Does the same as `syncRun` for the run with this id, unless it has ended. */
export async function syncRunById(dependencies: Dependencies, runId: string): Promise<void> {
  const [run] = await dependencies.db
    .select()
    .from(runs)
    .where(and(eq(runs.id, runId), notInArray(runs.status, [...finalStatuses])))
  if (run) await syncRun(dependencies, run)
}

/** A child records itself when it starts; before that only its parent refers to it. */
async function recordWaitingChildren(db: Database, run: RunRow, { children }: EngineRun): Promise<void> {
  const waiting = children.filter(({ status }) => status === 'queued' || status === 'delayed')
  if (waiting.length === 0) return
  await db
    .insert(runs)
    .values(
      waiting.map((child) => ({
        ...child,
        churchId: run.churchId,
        sermonId: run.sermonId,
        parentRunId: run.id,
        rootRunId: run.rootRunId ?? run.id,
      })),
    )
    .onConflictDoNothing()
}

/** Matches the run only if it is unchanged: a hook that wrote in the meantime has newer information. */
const unchanged = (run: RunRow) =>
  and(eq(runs.id, run.id), sql`date_trunc('milliseconds', ${runs.updatedAt}) = ${run.updatedAt}`)

/**
 * Records the end of a run and of its attempts; a failure of work that is no longer wanted is recorded as a
 * cancellation. Returns false when the run had already ended.
 */
export async function endRun(
  tx: Transaction,
  run: RunRow,
  ended: { status: RunStatus; error: StoredError | null; output?: unknown; at: Date; now: Date },
): Promise<boolean> {
  const status = await resultOf(tx, { runId: run.id, status: ended.status })
  const error = status === 'cancelled' ? null : ended.error
  const changed = await tx
    .update(runs)
    .set({
      status,
      error,
      errorFingerprint: error && fingerprintError(run.taskId, error),
      ...(ended.output === undefined ? {} : { output: ended.output }),
      finishedAt: ended.at,
      updatedAt: ended.now,
    })
    .where(and(eq(runs.id, run.id), notInArray(runs.status, [...finalStatuses])))
    .returning({ id: runs.id })
  if (changed.length === 0) return false
  await endAttempts(tx, { runId: run.id, status, error, at: ended.at })
  return true
}

async function finish(tx: Transaction, run: RunRow, found: EngineRun, now: Date): Promise<boolean> {
  const { status, output } = found
  const error =
    status === 'completed' || status === 'cancelled'
      ? null
      : (found.error ?? { name: found.engineStatus, message: `The run ended as ${found.engineStatus}.` })
  const ended = await endRun(tx, run, { status, error, output, at: found.finishedAt ?? now, now })
  if (ended && status !== 'completed') await failFacetOfRun(tx, { ...run, status })
  return ended
}

/** The status to record for a run that ended: a failure of work that is no longer wanted is a cancellation. */
export async function resultOf(
  db: DatabaseOrTransaction,
  { runId, status }: { runId: string; status: RunStatus },
): Promise<RunStatus> {
  if (!runStatusGroups.bad.some((bad) => bad === status)) return status
  const [unwanted] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.id, runId), isUnwanted))
  return unwanted ? 'cancelled' : status
}
