import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import {
  type DeadLetterState,
  deadLetters,
  type EventState,
  eventStates,
  events,
  type RunStatus,
  runs,
  sermons,
} from '#lib/db/schema.ts'
import { textKey } from '#lib/text/text-input.ts'

export const eventFilterSchema = z.object({
  id: z.uuid().optional(),
  state: z.enum(eventStates).optional(),
  type: textKey({ name: 'type', max: 100 }).optional(),
  sermon: z.uuid().optional(),
  /** The sequence of the last event of the previous page. */
  cursor: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type EventFilter = z.infer<typeof eventFilterSchema>

export type EventView = {
  id: string
  type: string
  state: EventState
  attempts: number
  sermon: { id: string; title: string; slug: string } | null
  runId: string | null
  /** The status of the run that it started; null before the run starts and after old runs were pruned. */
  runStatus: RunStatus | null
  /** Its newest dead letter. */
  deadLetter: { id: string; state: DeadLetterState; fingerprint: string } | null
  lastError: string | null
  createdAt: string
  /** When it is attempted next; null unless it is pending. */
  nextAttemptAt: string | null
  forwardedAt: string | null
}

/** Events newest first. With `churchId` only that church's. `next` is the cursor of the next page. */
export async function listEvents(
  { db }: { db: Database },
  filter: EventFilter & { churchId?: string },
): Promise<{ events: EventView[]; next: string | null }> {
  const rows = await db
    .select({
      event: events,
      sermon: { id: sermons.id, title: sermons.title, slug: sermons.slug },
      runStatus: runs.status,
    })
    .from(events)
    .leftJoin(sermons, eq(sermons.id, events.sermonId))
    .leftJoin(runs, eq(runs.id, events.runId))
    .where(
      and(
        filter.id ? eq(events.id, filter.id) : undefined,
        filter.state ? eq(events.state, filter.state) : undefined,
        filter.type ? eq(sql``, filter.type) : undefined,
        filter.sermon ? eq(events.sermonId, filter.sermon) : undefined,
        filter.churchId ? eq(events.churchId, filter.churchId) : undefined,
        filter.cursor ? lt(events.sequence, filter.cursor) : undefined,
      ),
    )
    .orderBy(desc(events.sequence))
    .limit(filter.limit + 1)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)?.event
  const deadLetterOf = await findDeadLetters(
    db,
    page.map(({ event }) => event.id),
  )
  return {
    events: page.map(({ event, sermon, runStatus }) => ({
      id: event.id,
      type: event.type,
      state: event.state,
      attempts: event.attempts,
      sermon,
      runId: event.runId,
      runStatus,
      deadLetter: deadLetterOf.get(event.id) ?? null,
      lastError: event.lastError,
      createdAt: event.createdAt.toISOString(),
      nextAttemptAt: event.state === 'pending' ? event.nextAttemptAt.toISOString() : null,
      forwardedAt: event.forwardedAt?.toISOString() ?? null,
    })),
    next: rows.length > filter.limit && last ? String(last.sequence) : null,
  }
}

async function findDeadLetters(
  db: Database,
  eventIds: readonly string[],
): Promise<Map<string, NonNullable<EventView['deadLetter']>>> {
  if (eventIds.length === 0) return new Map()
  const rows = await db
    .select({
      eventId: deadLetters.subject,
      id: deadLetters.id,
      state: deadLetters.state,
      fingerprint: deadLetters.fingerprint,
    })
    .from(deadLetters)
    .where(and(eq(deadLetters.kind, 'event'), inArray(deadLetters.subject, [...eventIds])))
    .orderBy(deadLetters.createdAt)
  return new Map(rows.map(({ eventId, ...deadLetter }) => [eventId, deadLetter]))
}

/** How many events there are in each state. */
export async function countEvents(
  { db }: { db: Database },
  { churchId }: { churchId?: string } = {},
): Promise<Record<EventState, number>> {
  const rows = await db
    .select({ state: events.state, count: sql<number>`count(*)::int` })
    .from(events)
    .where(churchId ? eq(events.churchId, churchId) : undefined)
    .groupBy(events.state)
  const counts: Record<EventState, number> = { pending: 0, forwarded: 0, dead: 0, cancelled: 0 }
  for (const { state, count } of rows) counts[state] = count
  return counts
}
