import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { type RunStatus, runs } from '#lib/db/schema.ts'
import { describeError, fingerprintError } from '#lib/describe-error.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'
import { beginAttempt, endAttempts } from '#lib/runs/record-attempt.ts'
import { resultOf } from '#lib/runs/sync-run.ts'

/** The description of a run, from its task. */
export type RunContext = {
  runId: string
  taskId: string
  /** The engine's number of this attempt; it repeats when the last one did not count. */
  attempt: number
  attemptStartedAt: Date
  queue: string
  machine: string | null
  parentRunId: string | null
  rootRunId: string
  traceId: string | null
  payload: unknown
}

const idIn = (payload: unknown, key: 'churchId' | 'sermonId' | 'eventId'): string | null => {
  const value: unknown = typeof payload === 'object' && payload !== null ? Reflect.get(payload, key) : null
  return typeof value === 'string' ? value : null
}

/** Records that an attempt of a run has begun. */
export async function recordRunStarted({ db }: { db: Database }, run: RunContext): Promise<void> {
  const known = {
    taskId: run.taskId,
    churchId: idIn(run.payload, 'churchId'),
    sermonId: idIn(run.payload, 'sermonId'),
    parentRunId: run.parentRunId,
    rootRunId: run.rootRunId,
    queue: run.queue,
    machine: run.machine,
    traceId: run.traceId,
    payload: run.payload,
  }
  const attempt = await beginAttempt(db, { ...run, startedAt: run.attemptStartedAt })
  await db
    .insert(runs)
    .values({
      id: run.runId,
      ...known,
      eventId: idIn(run.payload, 'eventId'),
      status: 'running',
      attempt,
      startedAt: new Date(),
    })
    .onConflictDoUpdate({
      target: runs.id,
      set: {
        ...known,
        status: 'running',
        attempt,
        startedAt: sql`coalesce(${runs.startedAt}, now())`,
        finishedAt: null,
        error: null,
        errorFingerprint: null,
        updatedAt: new Date(),
      },
    })
}

/**
 * Records how a run ended. A run that has already ended is not changed. A failed run with work that is no longer
 * wanted counts as cancelled.
 */
export async function recordRunFinished(
  { db }: { db: Database },
  run: { runId: string; taskId: string; status: RunStatus; output?: unknown; error?: unknown },
): Promise<void> {
  const status = await resultOf(db, run)
  const described = run.error === undefined || status === 'cancelled' ? null : describeError(run.error)
  const ended = await db
    .update(runs)
    .set({
      status,
      output: run.output === undefined ? null : sql`${JSON.stringify(run.output)}::jsonb`,
      error: described,
      errorFingerprint: described && fingerprintError(run.taskId, described),
      finishedAt: new Date(),
      updatedAt: new Date(),
    })
    .where(and(eq(runs.id, run.runId), notInArray(runs.status, [...finalStatuses])))
    .returning({ id: runs.id })
  if (ended.length === 0) return
  await endAttempts(db, { runId: run.runId, status, error: described, at: new Date() })
}

/** Records that an attempt failed and another will follow. */
export async function recordRunRetrying(
  { db }: { db: Database },
  run: { runId: string; error: unknown },
): Promise<void> {
  const error = describeError(run.error)
  await db
    .update(runs)
    .set({ status: 'queued', error, updatedAt: new Date() })
    .where(and(eq(runs.id, run.runId), notInArray(runs.status, [...finalStatuses])))
  await endAttempts(db, { runId: run.runId, status: 'failed', error, at: new Date() })
}
