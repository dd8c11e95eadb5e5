import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, scheduledEvents, sermons } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

const OBJECTS_PER_EVENT = 200

/** Removes a sermon from every page at once; its stored files are removed by a job. */
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
    await tx.delete(scheduledEvents).where(eq(scheduledEvents.sermonId, sermonId))
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
