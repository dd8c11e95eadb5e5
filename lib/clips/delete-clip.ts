import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, clips, mediaAssets } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'

/** Deletes a clip of a church. Its addresses stop at once, its file is removed by a job. Throws `not_found`. */
export async function deleteClip(
  { db }: { db: Database },
  { id, churchId, actorId }: { id: string; churchId: string; actorId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [clip] = await tx
      .select({ sermonId: clips.sermonId })
      .from(clips)
      .where(and(eq(clips.id, id), eq(clips.churchId, churchId)))
    if (!clip) throw new AppError('not_found', 'This clip does not exist. It may have been deleted already.')
    await deleteClipRows(tx, { id, churchId, sermonId: clip.sermonId })
    await tx.insert(auditLog).values({
      ...{ churchId, actorId, action: 'clip.deleted', subject: id },
      details: { sermonId: clip.sermonId },
    })
  })
}

/** Deletes the rows of a clip and requests the removal of its file. A run that is making it finds that it is gone. */
export async function deleteClipRows(
  tx: Transaction,
  { id, churchId, sermonId }: { id: string; churchId: string; sermonId: string },
): Promise<void> {
  await tx.delete(clips).where(eq(clips.id, id))
  const objects = await tx
    .delete(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'clip'), eq(mediaAssets.name, id)))
    .returning({ bucket: mediaAssets.bucket, path: mediaAssets.path })
  if (objects.length === 0) return
  await enqueueEvent(tx, { type: 'sermon.removed', churchId, payload: { churchId, objects } })
}
