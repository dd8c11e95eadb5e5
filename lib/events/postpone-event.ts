import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { scheduledEvents } from '#lib/db/schema.ts'
import { activeTraceparent, type NewEvent } from '#lib/events/enqueue-event.ts'

/** A limit that outlasted the waits inside a run is asked about this seldom: every try costs a run. */
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 60 * 60_000
/** What met the same limit does not come back in the same second. */
const SPREAD_SHARE = 0.2

/**
 * Asks for work again at the time a busy service named, or in five minutes. The same key asks once, at the
 * time named last. Returns how long that is.
 */
export async function postponeEvent(
  tx: DatabaseOrTransaction,
  { key, retryAfterMs, ...event }: NewEvent & { key: string; retryAfterMs: number | undefined },
): Promise<number> {
  const asked = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, retryAfterMs ?? 0))
  const delayMs = Math.round(asked * (1 + SPREAD_SHARE * Math.random()))
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
