import { context, propagation } from '@opentelemetry/api'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { type EventType, events } from '#lib/db/schema.ts'
import { catalog, eventTasks, type TaskId, type TaskPayload } from '#lib/jobs/catalog.ts'

export type NewEvent<Type extends EventType = EventType> = {
  type: Type
  churchId: string
  sermonId?: string
  payload: TaskPayload<(typeof eventTasks)[Type]>
  /** W3C trace context of the request that caused it; defaults to the active one. */
  traceparent?: string | undefined
}

/**
 * Queues background work by writing an event in the caller's transaction, so that either the change and its event
 * are stored, or neither. The forwarder sends the event to the job engine. Returns the event's id.
 */
export function enqueueEvent<Type extends EventType>(
  tx: DatabaseOrTransaction,
  event: NewEvent<Type>,
): Promise<string> {
  return enqueueStored(tx, event)
}

/** Like `enqueueEvent`, with a payload that was stored with an earlier request. Throws when it is not one of its type. */
export async function enqueueStored(
  tx: DatabaseOrTransaction,
  event: Omit<NewEvent, 'payload'> & { payload: unknown },
): Promise<string> {
  const task: TaskId = eventTasks[event.type]
  const payload = catalog[task].parse(event.payload)
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

/** The active W3C trace context, for work that is requested now and done later. */
export function activeTraceparent(): string | null {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}
