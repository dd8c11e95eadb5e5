import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, events, mediaAssets, scheduledEvents, sermons } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

const OBJECTS_PER_EVENT = 200

/**
 * Removes a sermon from every page at once; its stored files are removed by a job. Work that is queued for it is
 * cancelled, and its dead letters are discarded.
 */
export async function removeSermon(
  { db }: { db: Database },
  { sermonId, churchId, actorId }: { sermonId: string; churchId: string; actorId: string | null },
): Promise<void> {
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  await db.transaction(async (tx) => {
    const objects = await tx
      .select({ bucket: mediaAssets.bucket, path: mediaAssets.path })
      .from(mediaAssets)
      .where(eq(mediaAssets.sermonId, sermonId))
    await tx.delete(sermons).where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId)))
    await cancelWork(tx, sermonId)
    for (let start = 0; start < objects.length; start += OBJECTS_PER_EVENT) {
      await enqueueEvent(tx, {
        type: 'sermon.removed',
        churchId,
        payload: { churchId, objects: objects.slice(start, start + OBJECTS_PER_EVENT) },
      })
    }
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'sermon.removed',
      subject: sermonId,
      details: { title: sermon.title },
    })
  })
}

/** Runs that have started are cancelled by `cancelUnwantedRuns`. */
async function cancelWork(tx: Transaction, sermonId: string): Promise<void> {
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

/** Removes every sample sermon of a church. Returns how many there were. */
export async function removeSamples(
  { db }: { db: Database },
  { churchId, actorId }: { churchId: string; actorId: string },
): Promise<number> {
  const samples = await db
    .select({ id: sermons.id })
    .from(sermons)
    .where(and(eq(sermons.churchId, churchId), eq(sermons.isSample, true)))
  for (const { id } of samples) await removeSermon({ db }, { sermonId: id, churchId, actorId })
  return samples.length
}
