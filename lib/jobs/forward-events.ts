import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { ApiError } from '@trigger.dev/sdk'
import { and, eq, lte, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { events, runs } from '#lib/db/schema.ts'
import { parseRetryAfter } from '#lib/http/parse-retry-after.ts'
import { catalog, type EventType, eventTasks } from '#lib/jobs/catalog.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { describeError, fingerprintError } from '#lib/jobs/describe-error.ts'
import { eventPolicies, nextAttemptDelayMs } from '#lib/jobs/event-policies.ts'
import { fileDeadLetter } from '#lib/jobs/file-dead-letter.ts'

type Dependencies = { db: Database; jobs: JobEngine; now: () => Date; random: () => number }
const SHORTEST_PATIENCE_MS = 1000
const DEFAULT_PATIENCE_MS = 10_000
const LONGEST_PATIENCE_MS = 60 * 60_000
/** Handing over is mostly waiting for the engine. */
const AT_ONCE = 8

type EventRow = typeof events.$inferSelect

/**
 * Hands due events to the job engine, oldest first, never two of one sermon out of order. The event's
 * id is the idempotency key, so a crash between handing over and noting it starts nothing twice. A
 * failure is tried again later, and after the last try becomes a dead letter. Returns how many events
 * were settled one way or the other.
 */
export async function forwardEvents(
  dependencies: Dependencies,
  { limit }: { limit: number },
): Promise<number> {
  const { db, now } = dependencies
  const due = await db
    .select()
    .from(events)
    .where(
      and(
        eq(events.state, 'pending'),
        lte(events.nextAttemptAt, now()),
        sql`not exists (
          select 1 from events earlier
          where earlier.sermon_id = ${events.sermonId} and earlier.state = 'pending' and earlier.sequence < ${events.sequence}
        )`,
      ),
    )
    .orderBy(events.sequence)
    .limit(limit)
  // Only the first waiting event of a sermon is due, so no two of these are about the same one.
  const line = due.values()
  const worker = async () => {
    for (const event of line) await forwardEvent(dependencies, event)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return due.length
}

async function forwardEvent({ db, jobs, now, random }: Dependencies, event: EventRow): Promise<void> {
  const type = event.type as EventType
  const task = eventTasks[type]
  try {
    if (!task) throw new Error(`No task is registered for events of type ${event.type}`)
    const payload = catalog[task].parse({ ...event.payload, eventId: event.id })
    const parent = event.traceparent
      ? propagation.extract(ROOT_CONTEXT, { traceparent: event.traceparent })
      : ROOT_CONTEXT
    const runId = await context.with(parent, () =>
      jobs.start(task, payload, {
        idempotencyKey: event.id,
        tags: [`event_${event.id}`, ...(event.sermonId ? [`sermon_${event.sermonId}`] : [])],
        ...(event.sermonId ? { concurrencyKey: `${event.churchId}/${event.sermonId}` } : {}),
      }),
    )
    await db.transaction(async (tx) => {
      await tx
        .update(events)
        .set({ state: 'forwarded', runId, forwardedAt: now(), lastError: null, attempts: event.attempts + 1 })
        .where(and(eq(events.id, event.id), eq(events.state, 'pending')))
      await tx
        .insert(runs)
        .values({
          id: runId,
          taskId: task,
          eventId: event.id,
          churchId: event.churchId,
          sermonId: event.sermonId,
          rootRunId: runId,
          status: 'queued',
          payload,
          createdAt: event.createdAt,
        })
        .onConflictDoUpdate({ target: runs.id, set: { eventId: event.id } })
    })
  } catch (error) {
    await postponeOrBury({ db, now, random }, event, error)
  }
}

async function postponeOrBury(
  { db, now, random }: Pick<Dependencies, 'db' | 'now' | 'random'>,
  event: EventRow,
  error: unknown,
): Promise<void> {
  // "Too many requests" is not a failure of this event: it waits as long as it is told and keeps its tries.
  const patienceMs = readPatience(error, now().getTime())
  const attempts = event.attempts + (patienceMs === undefined ? 1 : 0)
  const policy = eventPolicies[event.type as EventType] ?? eventPolicies['sermon.uploaded']
  const described = describeError(error)
  const condition = and(eq(events.id, event.id), eq(events.state, 'pending'))
  if (attempts < policy.maxAttempts) {
    // What waits together comes back one after the other.
    const delayMs =
      patienceMs === undefined
        ? nextAttemptDelayMs(policy, attempts, random())
        : patienceMs * (1 + random() / 2)
    const nextAttemptAt = new Date(now().getTime() + Math.round(delayMs))
    await db.update(events).set({ attempts, nextAttemptAt, lastError: described.message }).where(condition)
    return
  }
  await db.transaction(async (tx) => {
    const buried = await tx
      .update(events)
      .set({ attempts, state: 'dead', deadAt: now(), lastError: described.message })
      .where(condition)
      .returning({ id: events.id })
    if (buried.length === 0) return
    await fileDeadLetter(tx, {
      kind: 'event',
      subject: event.id,
      type: event.type,
      churchId: event.churchId,
      sermonId: event.sermonId,
      eventId: event.id,
      fingerprint: fingerprintError(event.type, described),
      reason: `The job engine did not take this work after ${attempts} tries: ${described.message}`,
      advice: 'Check that the job engine is reachable, then redrive.',
      details: { error: described },
    })
  })
}

/** How long an engine that says "too many requests" is left alone; undefined for any other error. */
function readPatience(error: unknown, nowMs: number): number | undefined {
  if (!(error instanceof ApiError) || error.status !== 429) return undefined
  const headers: Record<string, string | null | undefined> = error.headers ?? {}
  const resetAtMs = Number(headers['x-ratelimit-reset'] ?? Number.NaN)
  const asked =
    parseRetryAfter(headers['retry-after'], nowMs) ??
    (Number.isFinite(resetAtMs) ? Math.min(LONGEST_PATIENCE_MS, resetAtMs - nowMs) : DEFAULT_PATIENCE_MS)
  return Math.max(SHORTEST_PATIENCE_MS, asked)
}
