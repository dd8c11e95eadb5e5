import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { deadLetters, events, scheduledEvents } from '#lib/db/schema.ts'

/**
 * Cancels the work that is queued for a sermon, and discards its dead letters. Runs that have started are
 * cancelled by `cancelUnwantedRuns`.
 */
export async function cancelSermonWork(tx: Transaction, { sermonId }: { sermonId: string }): Promise<void> {
  await tx.delete(scheduledEvents).where(eq(scheduledEvents.sermonId, sermonId))
  await tx
    .update(events)
    .set({ state: 'cancelled' })
    .where(and(eq(events.sermonId, sermonId), eq(events.state, 'pending')))
  await tx
    .update(deadLetters)
    .set({ state: 'discarded', settledAt: new Date() })
    .where(and(eq(deadLetters.sermonId, sermonId), eq(deadLetters.state, 'open')))
}
