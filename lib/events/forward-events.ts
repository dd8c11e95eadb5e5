import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api'
import { ApiError } from '@trigger.dev/sdk'
import { and, eq, lte, sql } from 'drizzle-orm'
import { mapConcurrently } from '#lib/concurrency/map-concurrently.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { events, runs } from '#lib/db/schema.ts'
import { type DescribedError, describeError } from '#lib/describe-error.ts'
import { eventPolicies, nextAttemptDelayMs } from '#lib/events/event-policies.ts'
import { parseRetryAfter } from '#lib/http/parse-retry-after.ts'
import { catalog, eventTasks } from '#lib/jobs/catalog.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'

/** An event that the job engine did not accept within the attempts that its policy allows. */
export type ExhaustedEvent = { event: EventRow; attempts: number; error: DescribedError }

export type ForwardDependencies = {
  db: Database
  jobs: JobEngine
  now: () => Date
  random: () => number
  /** Records the dead letter of an event, in the transaction that ends the event. */
  recordExhausted: (tx: Transaction, exhausted: ExhaustedEvent) => Promise<void>
}
const MIN_RETRY_AFTER_MS = 1000
const DEFAULT_RETRY_AFTER_MS = 10_000
const MAX_RETRY_AFTER_MS = 60 * 60_000
/** Several at the same time, because forwarding mostly waits for the engine. */
const CONCURRENCY = 8

type EventRow = typeof events.$inferSelect

/**
 * Forwards due events to the job engine, oldest first and in order for each sermon. The event's id is the
 * idempotency key, so a crash between starting the run and recording it starts nothing twice. A failure is retried
 * later, and becomes a dead letter after the last attempt. Returns how many events were processed, with or without
 * success.
 */
export async function forwardEvents(
  dependencies: ForwardDependencies,
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
  // Only the first waiting event of a sermon is due, so no two of these concern the same sermon.
  await mapConcurrently(due, CONCURRENCY, (event) => forwardEvent(dependencies, event))
  return due.length
}

async function forwardEvent(
  { db, jobs, now, random, recordExhausted }: ForwardDependencies,
  event: EventRow,
): Promise<void> {
  const type = event.type
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
    await retryLaterOrExhaust({ db, now, random, recordExhausted }, event, error)
  }
}

async function retryLaterOrExhaust(
  { db, now, random, recordExhausted }: Omit<ForwardDependencies, 'jobs'>,
  event: EventRow,
  error: unknown,
): Promise<void> {
  // "Too many requests" is not a failure of this event: it waits as the engine requests, and no attempt is counted.
  const retryAfterMs = readRetryAfterMs(error, now().getTime())
  const attempts = event.attempts + (retryAfterMs === undefined ? 1 : 0)
  const policy = eventPolicies[event.type] ?? eventPolicies['sermon.uploaded']
  const described = describeError(error)
  const condition = and(eq(events.id, event.id), eq(events.state, 'pending'))
  if (attempts < policy.maxAttempts) {
    // Events that waited together are spread out.
    const delayMs =
      retryAfterMs === undefined
        ? nextAttemptDelayMs(policy, attempts, random())
        : retryAfterMs * (1 + random() / 2)
    const nextAttemptAt = new Date(now().getTime() + Math.round(delayMs))
    await db.update(events).set({ attempts, nextAttemptAt, lastError: described.message }).where(condition)
    return
  }
  await db.transaction(async (tx) => {
    const exhausted = await tx
      .update(events)
      .set({ attempts, state: 'dead', deadAt: now(), lastError: described.message })
      .where(condition)
      .returning({ id: events.id })
    if (exhausted.length === 0) return
    await recordExhausted(tx, { event, attempts, error: described })
  })
}

/** How long to wait for an engine that says "too many requests"; undefined for any other error. */
function readRetryAfterMs(error: unknown, nowMs: number): number | undefined {
  if (!(error instanceof ApiError) || error.status !== 429) return undefined
  const headers: Record<string, string | null | undefined> = error.headers ?? {}
  const resetAtMs = Number(headers['x-ratelimit-reset'] ?? Number.NaN)
  const requested =
    parseRetryAfter(headers['retry-after'], nowMs) ??
    (Number.isFinite(resetAtMs) ? Math.min(MAX_RETRY_AFTER_MS, resetAtMs - nowMs) : DEFAULT_RETRY_AFTER_MS)
  return Math.max(MIN_RETRY_AFTER_MS, requested)
}
