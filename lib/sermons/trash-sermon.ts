import { and, eq, inArray, isNull } from 'drizzle-orm'
import { findUnpublishedCuts } from '#lib/cuts/find-cut.ts'
import { discardCut } from '#lib/cuts/move-recording.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, sermons } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { cancelSermonWork } from '#lib/sermons/cancel-sermon-work.ts'
import { completeOriginal } from '#lib/sermons/complete-upload.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'

/**
 * Moves a sermon to the trash: only the team's Trash page shows it, its work is cancelled and its open uploads are
 * closed. Everything that has arrived is kept until `deleteExpiredSermons` deletes it; a complete upload that the
 * browser did not report is accepted first. Throws `not_found` when it is already in the trash.
 */
export async function trashSermon(
  { db, storage }: { db: Database; storage: StorageConnection },
  { sermonId, churchId, actorId }: { sermonId: string; churchId: string; actorId: string | null },
): Promise<void> {
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  const isOpen = and(
    eq(mediaAssets.sermonId, sermonId),
    eq(mediaAssets.kind, 'original'),
    isNull(mediaAssets.uploadedAt),
  )
  for (const asset of await db.select().from(mediaAssets).where(isOpen)) {
    await completeOriginal({ db, storage }, asset)
  }
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ publication: sermons.publication })
      .from(sermons)
      .where(and(eq(sermons.id, sermonId), isNull(sermons.trashedAt)))
      .for('update')
    if (!row) return
    // It becomes a draft, so that even a query that forgets the trash does not show it to listeners.
    await tx
      .update(sermons)
      .set({
        publication: 'draft',
        trashedFrom: row.publication,
        trashedAt: new Date(),
        updatedAt: new Date(),
      })
      .where(eq(sermons.id, sermonId))
    await cancelSermonWork(tx, { sermonId })
    for (const cut of await findUnpublishedCuts({ db: tx }, { sermonId })) await discardCut(tx, cut)
    const open = await tx
      .select({ id: mediaAssets.id, bucket: mediaAssets.bucket, path: mediaAssets.path })
      .from(mediaAssets)
      .where(isOpen)
    if (open.length > 0) {
      await tx.delete(mediaAssets).where(
        inArray(
          mediaAssets.id,
          open.map(({ id }) => id),
        ),
      )
      await enqueueEvent(tx, {
        type: 'sermon.removed',
        churchId,
        payload: { churchId, objects: open.map(({ bucket, path }) => ({ bucket, path })) },
      })
    }
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'sermon.trashed',
      subject: sermonId,
      details: { title: sermon.title },
    })
  })
}
