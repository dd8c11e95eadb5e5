import { eq, lte } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { events, scheduledEvents } from '#lib/db/schema.ts'

const BATCH = 100

/** Turns scheduled work whose time has come into events, each exactly once. Returns how many. */
export async function releaseDueEvents({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  const due = await db
    .select()
    .from(scheduledEvents)
    .where(lte(scheduledEvents.dueAt, now()))
    .orderBy(scheduledEvents.dueAt)
    .limit(BATCH)
  for (const scheduled of due) {
    await db.transaction(async (tx) => {
      // Only who takes the row away writes the event; a move or cancellation meanwhile wins.
      const [taken] = await tx.delete(scheduledEvents).where(eq(scheduledEvents.id, scheduled.id)).returning()
      if (!taken) return
      if (taken.dueAt.getTime() > now().getTime()) {
        await tx.insert(scheduledEvents).values(taken)
        return
      }
      const { type, churchId, sermonId, payload } = taken
      await tx.insert(events).values({ type, churchId, sermonId, payload })
    })
  }
  return due.length
}
