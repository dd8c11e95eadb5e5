import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { scheduledEvents } from '#lib/db/schema.ts'
import { activeTraceparent, type NewEvent } from '#lib/events/enqueue-event.ts'

/** At least this long: the limit lasted longer than the waits inside a run, and every attempt costs a run. */
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 60 * 60_000
/** Jitter, so that events stopped by the same limit do not all return at the same time. */
const JITTER_SHARE = 0.2

/**
 * Schedules work again for the time that a busy service named, or for five minutes from now. For each key
 * there is one scheduled event; a later call moves it. Returns the delay in milliseconds.
 */
export async function postponeEvent(
  tx: DatabaseOrTransaction,
  { key, retryAfterMs, ...event }: NewEvent & { key: string; retryAfterMs: number | undefined },
): Promise<number> {
  const requested = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, retryAfterMs ?? 0))
  const delayMs = Math.round(requested * (1 + JITTER_SHARE * Math.random()))
  const again = {
    type: event.type,
    churchId: event.churchId,
    sermonId: event.sermonId ?? null,
    payload: event.payload,
    traceparent: event.traceparent ?? activeTraceparent(),
    dueAt: new Date(Date.now() + delayMs),
  }
  await tx
    .insert(scheduledEvents)
    .values({ key, ...again })
    .onConflictDoUpdate({ target: scheduledEvents.key, set: again })
  return delayMs
}
