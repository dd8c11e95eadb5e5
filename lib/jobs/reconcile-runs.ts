import { and, asc, eq, inArray, isNull, lt, notInArray, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { events, type FacetStatus, type RunStatus, runs, type StoredError, sermons } from '#lib/db/schema.ts'
import type { EventType } from '#lib/jobs/catalog.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { decideRun } from '#lib/jobs/decide-run.ts'
import { fingerprintError } from '#lib/jobs/describe-error.ts'
import { eventPolicies } from '#lib/jobs/event-policies.ts'
import { failFacetOfRun } from '#lib/jobs/fail-facet.ts'
import { fileDeadLetter } from '#lib/jobs/file-dead-letter.ts'
import type { EngineRun } from '#lib/jobs/read-engine-run.ts'
import { endAttempts } from '#lib/jobs/record-attempt.ts'
import { finalStatuses } from '#lib/jobs/record-run.ts'

type Dependencies = { db: Database; jobs: JobEngine; now: () => Date }
type RunRow = typeof runs.$inferSelect

/** A run we heard of so recently needs no question. */
const QUIET_MS = 15_000
/** With a look each 20 seconds 6,000 open runs are asked about in five minutes, within a hosted engine's limits. */
const BATCH = 400
const AT_ONCE = 8

const lostError: StoredError = {
  name: 'RunLost',
  message: 'The job engine no longer knows this run.',
  reason: 'run.lost',
}

/**
 * Asks the engine about runs that have not ended here, those heard of longest ago first, and takes over
 * what it says. `updated_at` is when a run was last heard of, so each look goes on where the last one
 * stopped. Returns how many were found to have ended or to be lost. Throws when the engine does not answer.
 */
export async function reconcileRuns(dependencies: Dependencies): Promise<number> {
  const { db, now } = dependencies
  const open = await db
    .select()
    .from(runs)
    .where(
      and(
        notInArray(runs.status, [...finalStatuses]),
        // Says the same to the index of runs that have not ended.
        isNull(runs.finishedAt),
        lt(runs.updatedAt, new Date(now().getTime() - QUIET_MS)),
      ),
    )
    .orderBy(asc(runs.updatedAt))
    .limit(BATCH)
  let ended = 0
  const line = open.values()
  const worker = async () => {
    for (const run of line) if (await reconcileRun(dependencies, run)) ended += 1
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return ended
}

/** The same for one run, at once: for whoever has just asked the engine to end it. */
export async function reconcileOneRun(dependencies: Dependencies, runId: string): Promise<void> {
  const [run] = await dependencies.db
    .select()
    .from(runs)
    .where(and(eq(runs.id, runId), notInArray(runs.status, [...finalStatuses])))
  if (run) await reconcileRun(dependencies, run)
}

async function reconcileRun({ db, jobs, now }: Dependencies, run: RunRow): Promise<boolean> {
  const found = await jobs.find(run.id)
  if (found) await noteWaitingChildren(db, run, found)
  const decision = decideRun(run, found, now())
  switch (decision.kind) {
    case 'keep':
      await db.update(runs).set({ updatedAt: now() }).where(unchanged(run))
      return false
    case 'progress':
      await db.update(runs).set({ status: decision.status, updatedAt: now() }).where(unchanged(run))
      return false
    case 'finish':
      return db.transaction((tx) => finish(tx, run, decision.found, now()))
    case 'lost':
      return db.transaction((tx) => recoverLostRun(tx, run, now()))
  }
}

/** A child tells of itself when it starts; one that waits in its queue is known from its parent only. */
async function noteWaitingChildren(db: Database, run: RunRow, { children }: EngineRun): Promise<void> {
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

/** The run as we read it: a hook that wrote meanwhile knows better. */
const unchanged = (run: RunRow) =>
  and(eq(runs.id, run.id), sql`date_trunc('milliseconds', ${runs.updatedAt}) = ${run.updatedAt}`)

async function end(
  tx: Transaction,
  run: RunRow,
  ended: { status: RunStatus; error: StoredError | null; output?: unknown; at: Date; now: Date },
): Promise<boolean> {
  const changed = await tx
    .update(runs)
    .set({
      status: ended.status,
      error: ended.error,
      errorFingerprint: ended.error && fingerprintError(run.taskId, ended.error),
      ...(ended.output === undefined ? {} : { output: ended.output }),
      finishedAt: ended.at,
      updatedAt: ended.now,
    })
    .where(and(eq(runs.id, run.id), notInArray(runs.status, [...finalStatuses])))
    .returning({ id: runs.id })
  if (changed.length === 0) return false
  await endAttempts(tx, { runId: run.id, status: ended.status, error: ended.error, at: ended.at })
  return true
}

async function finish(tx: Transaction, run: RunRow, found: EngineRun, now: Date): Promise<boolean> {
  const { status, output } = found
  const error =
    status === 'completed' || status === 'cancelled'
      ? null
      : (found.error ?? { name: found.engineStatus, message: `The run ended as ${found.engineStatus}.` })
  const ended = await end(tx, run, { status, error, output, at: found.finishedAt ?? now, now })
  if (ended && status !== 'completed') await failFacetOfRun(tx, { ...run, status })
  return ended
}

/**
 * A run the engine forgot: its event is handed over again when the work is not done, and is a dead letter
 * when that was tried often enough. A child's work is asked for by its parent.
 */
async function recoverLostRun(tx: Transaction, run: RunRow, now: Date): Promise<boolean> {
  if (!(await end(tx, run, { status: 'crashed', error: lostError, at: now, now }))) return false
  if (!run.eventId) return true
  const [event] = await tx
    .select()
    .from(events)
    .where(and(eq(events.id, run.eventId), eq(events.runId, run.id), eq(events.state, 'forwarded')))
  if (!event || (await isDone(tx, event.sermonId))) return true
  const policy = eventPolicies[event.type as EventType] ?? eventPolicies['sermon.uploaded']
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
  await fileDeadLetter(tx, {
    kind: 'event',
    subject: event.id,
    type: event.type,
    churchId: event.churchId,
    sermonId: event.sermonId,
    eventId: event.id,
    runId: run.id,
    fingerprint: fingerprintError(event.type, lostError),
    reason: `The job engine lost this work ${event.attempts} times.`,
    advice: 'Was the engine reset or moved, or its key changed? Mend that, then redrive.',
    details: { error: lostError },
  })
  return true
}

/** Whether nothing of the sermon is still to be done. Work that concerns no sermon may always be done again. */
async function isDone(tx: Transaction, sermonId: string | null): Promise<boolean> {
  if (!sermonId) return false
  const moving: FacetStatus[] = ['pending', 'running']
  const [unfinished] = await tx
    .select({ id: sermons.id })
    .from(sermons)
    .where(
      and(
        eq(sermons.id, sermonId),
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
