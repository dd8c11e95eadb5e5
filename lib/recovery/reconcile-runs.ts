import { and, asc, eq, inArray, isNull, lt, notInArray, or } from 'drizzle-orm'
import { mapConcurrently } from '#lib/concurrency/map-concurrently.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { events, type FacetStatus, runs, type StoredError, sermons } from '#lib/db/schema.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import { eventPolicies } from '#lib/events/event-policies.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'
import { endRun, type RunRow, syncRun } from '#lib/runs/sync-run.ts'

type Dependencies = { db: Database; jobs: JobEngine; now: () => Date }

/** A run that was updated more recently than this is not checked. */
const QUIET_MS = 15_000
/** With a pass every 20 seconds, 6,000 open runs are checked in five minutes, within a hosted engine's limits. */
const BATCH = 400
const CONCURRENCY = 8

const lostError: StoredError = {
  name: 'RunLost',
  message: 'The job engine has no record of this run.',
  reason: 'run.lost',
}

/**
 * Checks runs that have not ended in our records against the engine, least recently updated first, and records
 * their state. Every check sets `updated_at`, so each pass continues where the last one stopped. Returns how
 * many had ended or were lost. Throws when the engine does not answer.
 */
export async function reconcileRuns(dependencies: Dependencies): Promise<number> {
  const { db, now } = dependencies
  const open = await db
    .select()
    .from(runs)
    .where(
      and(
        notInArray(runs.status, [...finalStatuses]),
        // Redundant, but lets the query use the index of runs that have not ended.
        isNull(runs.finishedAt),
        lt(runs.updatedAt, new Date(now().getTime() - QUIET_MS)),
      ),
    )
    .orderBy(asc(runs.updatedAt))
    .limit(BATCH)
  const ended = await mapConcurrently(open, CONCURRENCY, (run) => reconcileRun(dependencies, run))
  return ended.filter(Boolean).length
}

async function reconcileRun(dependencies: Dependencies, run: RunRow): Promise<boolean> {
  const state = await syncRun(dependencies, run)
  if (state !== 'lost') return state === 'ended'
  const { db, now } = dependencies
  return db.transaction((tx) => recoverLostRun(tx, run, now()))
}

/**
 * Recovers a run that is missing in the engine: its event is forwarded again when the work is not done, or
 * becomes a dead letter when no attempts are left. A child's work is requested again by its parent.
 */
async function recoverLostRun(tx: Transaction, run: RunRow, now: Date): Promise<boolean> {
  if (!(await endRun(tx, run, { status: 'crashed', error: lostError, at: now, now }))) return false
  if (!run.eventId) return true
  const [event] = await tx
    .select()
    .from(events)
    .where(and(eq(events.id, run.eventId), eq(events.runId, run.id), eq(events.state, 'forwarded')))
  if (!event || (await isDone(tx, event.sermonId))) return true
  const policy = eventPolicies[event.type] ?? eventPolicies['sermon.uploaded']
  if (event.attempts < policy.maxAttempts) {
    await tx
      .update(events)
      .set({ state: 'pending', runId: null, nextAttemptAt: now, lastError: lostError.message })
      .where(eq(events.id, event.id))
    return true
  }
  await tx
    .update(events)
    .set({ state: 'dead', deadAt: now, lastError: lostError.message })
    .where(eq(events.id, event.id))
  await recordDeadLetter(tx, {
    kind: 'event',
    subject: event.id,
    type: event.type,
    churchId: event.churchId,
    sermonId: event.sermonId,
    eventId: event.id,
    runId: run.id,
    fingerprint: fingerprintError(event.type, lostError),
    reason: `The job engine lost this work ${event.attempts} times.`,
    advice: 'Check whether the engine was reset or moved, or its key changed. Fix that, then redrive.',
    details: { error: lostError },
  })
  return true
}

/** Whether the sermon has no unfinished work. Work without a sermon never counts as done. */
async function isDone(tx: Transaction, sermonId: string | null): Promise<boolean> {
  if (!sermonId) return false
  const moving: FacetStatus[] = ['pending', 'running']
  const [unfinished] = await tx
    .select({ id: sermons.id })
    .from(sermons)
    .where(
      and(
        eq(sermons.id, sermonId),
        isNull(sermons.trashedAt),
        or(
          inArray(sermons.mediaStatus, moving),
          inArray(sermons.transcriptStatus, moving),
          inArray(sermons.indexStatus, moving),
          eq(sermons.publication, 'scheduled'),
        ),
      ),
    )
  return !unfinished
}
