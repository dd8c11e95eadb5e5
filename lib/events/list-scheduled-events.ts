import { asc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { scheduledEvents, sermons } from '#lib/db/schema.ts'

export type ScheduledEventView = {
  id: string
  type: string
  sermon: { id: string; title: string; slug: string } | null
  dueAt: string
  createdAt: string
}

const MAX_SHOWN = 100

/** The scheduled work of a church, soonest first; at most 100. */
export async function listScheduledEvents(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<ScheduledEventView[]> {
  const rows = await db
    .select({
      scheduled: scheduledEvents,
      sermon: { id: sermons.id, title: sermons.title, slug: sermons.slug },
    })
    .from(scheduledEvents)
    .leftJoin(sermons, eq(sermons.id, scheduledEvents.sermonId))
    .where(eq(scheduledEvents.churchId, churchId))
    .orderBy(asc(scheduledEvents.dueAt))
    .limit(MAX_SHOWN)
  return rows.map(({ scheduled, sermon }) => ({
    id: scheduled.id,
    type: scheduled.type,
    sermon,
    dueAt: scheduled.dueAt.toISOString(),
    createdAt: scheduled.createdAt.toISOString(),
  }))
}
