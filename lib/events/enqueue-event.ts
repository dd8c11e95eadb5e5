import { context, propagation } from '@opentelemetry/api'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { events } from '#lib/db/schema.ts'
import { catalog, type EventType, eventTasks, type TaskId, type TaskPayload } from '#lib/jobs/catalog.ts'

export type NewEvent<Type extends EventType = EventType> = {
  type: Type
  churchId: string
  sermonId?: string
  payload: TaskPayload<(typeof eventTasks)[Type]>
  /** W3C trace context of the request that caused it; by default the active one. */
  traceparent?: string | undefined
}

/**
 * Asks for background work by writing an event in the caller's transaction: it exists exactly when the
 * change that caused it does. The forwarder hands it to the job engine. Returns the event's id.
 */
export async function enqueueEvent<Type extends EventType>(
  tx: DatabaseOrTransaction,
  event: NewEvent<Type>,
): Promise<string> {
  const task: TaskId = eventTasks[event.type]
  const payload = catalog[task].parse(event.payload) as Record<string, unknown>
  const [row] = await tx
    .insert(events)
    .values({
      type: event.type,
      churchId: event.churchId,
      sermonId: event.sermonId ?? null,
      payload,
      traceparent: event.traceparent ?? activeTraceparent(),
    })
    .returning({ id: events.id })
  if (!row) throw new Error('The event was not stored')
  return row.id
}

/** The W3C trace context of what is going on, for work that is asked for now and done later. */
export function activeTraceparent(): string | null {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}
