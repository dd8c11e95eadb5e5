import { and, desc, eq, exists, isNotNull, lt, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { findCut } from '#lib/cuts/find-cut.ts'
import { showWhole } from '#lib/cuts/move-recording.ts'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, passages, sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { renditionDetailsSchema } from '#lib/sermons/read-renditions.ts'

/** The newest recording before the current one that could be played, or null. */
export async function findPreviousRecording(
  db: DatabaseOrTransaction,
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
): Promise<{ revision: number; fileName: string } | null> {
  const rendition = alias(mediaAssets, 'rendition')
  const [found] = await db
    .select({ revision: mediaAssets.revision, fileName: mediaAssets.fileName })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'original'),
        isNotNull(mediaAssets.uploadedAt),
        lt(mediaAssets.revision, mediaRevision),
        exists(
          db
            .select({ id: rendition.id })
            .from(rendition)
            .where(
              and(
                eq(rendition.sermonId, mediaAssets.sermonId),
                eq(rendition.kind, 'rendition'),
                eq(rendition.revision, mediaAssets.revision),
              ),
            ),
        ),
      ),
    )
    .orderBy(desc(mediaAssets.revision))
    .limit(1)
  return found ?? null
}

/**
 * Restores the previous recording when the current one could not be prepared. Its audio and transcript were kept and
 * are shown again immediately; it is indexed again. The failed recording is kept, but no longer used. Throws
 * `conflict` unless the current recording failed and an earlier one could be played.
 */
export async function restoreRecording(
  { db }: { db: Database },
  { sermonId, churchId, actorId }: { sermonId: string; churchId: string; actorId: string },
): Promise<void> {
  await findChurchSermon({ db }, { id: sermonId, churchId })
  await db.transaction(async (tx) => {
    const [sermon] = await tx
      .select({ mediaRevision: sermons.mediaRevision, mediaStatus: sermons.mediaStatus })
      .from(sermons)
      .where(eq(sermons.id, sermonId))
      .for('update')
    if (sermon?.mediaStatus !== 'failed') {
      throw new AppError('conflict', 'The current recording has not failed, so it is not replaced.')
    }
    const cut = await findCut({ db: tx }, { sermonId, mediaRevision: sermon.mediaRevision })
    const previous = await findPreviousRecording(tx, {
      sermonId,
      mediaRevision: cut?.baseRevision ?? sermon.mediaRevision,
    })
    if (!previous) {
      throw new AppError(
        'conflict',
        'There is no earlier recording. Replace this one with a file that plays.',
      )
    }
    if (cut) await showWhole(tx, cut)
    const { revision } = previous
    const ofRevision = and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.revision, revision))
    const [rendition] = await tx
      .select({ details: mediaAssets.details })
      .from(mediaAssets)
      .where(and(ofRevision, eq(mediaAssets.kind, 'rendition')))
      .limit(1)
    const { segments } = renditionDetailsSchema.parse(rendition?.details).playlist
    const seconds = segments.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0)
    const [transcript] = await tx
      .select({ id: transcripts.id })
      .from(transcripts)
      .where(and(eq(transcripts.sermonId, sermonId), eq(transcripts.mediaRevision, revision)))
      .limit(1)
    await tx
      .update(sermons)
      .set({ mediaRevision: revision, durationMs: Math.round(seconds * 1000), updatedAt: sql`now()` })
      .where(eq(sermons.id, sermonId))
    await tx.delete(passages).where(eq(passages.sermonId, sermonId))
    await setFacet(tx, { sermonId, facet: 'media', status: 'ready' })
    await setFacet(tx, { sermonId, facet: 'transcript', status: transcript ? 'ready' : 'pending' })
    await setFacet(tx, { sermonId, facet: 'index', status: transcript ? 'pending' : 'waiting' })
    await enqueueEvent(tx, {
      type: 'sermon.reprocess',
      churchId,
      sermonId,
      payload: { churchId, sermonId, mediaRevision: revision, redo: ['index'] },
    })
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'recording.restored',
      subject: sermonId,
      details: { from: sermon.mediaRevision, to: revision },
    })
  })
}
