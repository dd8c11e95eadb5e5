import { eq, lte } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { events, scheduledEvents } from '#lib/db/schema.ts'

const BATCH = 100

/** Turns scheduled work that is due into events, each exactly once. Returns how many events this call wrote. */
export async function releaseDueEvents({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  let released = 0
  for (;;) {
    const due = await db
      .select({ id: scheduledEvents.id })
      .from(scheduledEvents)
      .where(lte(scheduledEvents.dueAt, now()))
      .orderBy(scheduledEvents.dueAt)
      .limit(BATCH)
    for (const { id } of due) if (await release({ db, now }, id)) released += 1
    if (due.length < BATCH) return released
  }
}

async function release({ db, now }: { db: Database; now: () => Date }, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    // Only the caller that deletes the row writes the event. A row that was moved or cancelled meets no condition.
    const [taken] = await tx.delete(scheduledEvents).where(eq(scheduledEvents.id, id)).returning()
    if (!taken) return false
    if (taken.dueAt.getTime() > now().getTime()) {
      await tx.insert(scheduledEvents).values(taken)
      return false
    }
    const { type, churchId, sermonId, payload, traceparent } = taken
    await tx.insert(events).values({ type, churchId, sermonId, payload, traceparent })
    return true
  })
}
