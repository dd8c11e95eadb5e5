import { and, desc, eq, exists, ne, sql } from 'drizzle-orm'
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

/** A recording of a sermon that is not the current one and can be played. */
export type OtherRecording = { revision: number; fileName: string; uploadedAt: string }

/** The recordings of a sermon that can be restored, the newest first; `current` is the number of the one in use. */
export async function listOtherRecordings(
  db: DatabaseOrTransaction,
  { sermonId, current }: { sermonId: string; current: number },
): Promise<OtherRecording[]> {
  const rendition = alias(mediaAssets, 'rendition')
  const rows = await db
    .select({
      revision: mediaAssets.revision,
      fileName: mediaAssets.fileName,
      uploadedAt: mediaAssets.uploadedAt,
    })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'original'),
        ne(mediaAssets.revision, current),
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
  return rows.flatMap(({ uploadedAt, ...row }) =>
    uploadedAt ? [{ ...row, uploadedAt: uploadedAt.toISOString() }] : [],
  )
}

/**
 * Makes another recording of a sermon the current one: `recording`, or else the newest before the current one. Its audio
 * and transcript were kept and are shown again immediately; it is indexed again, and transcribed if it never was. The
 * recording that was in use is kept and can be restored too. Throws `conflict` where there is no such recording.
 */
export async function restoreRecording(
  { db }: { db: Database },
  {
    sermonId,
    churchId,
    actorId,
    recording,
  }: { sermonId: string; churchId: string; actorId: string; recording?: number | undefined },
): Promise<void> {
  await findChurchSermon({ db }, { id: sermonId, churchId })
  await db.transaction(async (tx) => {
    const [sermon] = await tx
      .select({ mediaRevision: sermons.mediaRevision })
      .from(sermons)
      .where(eq(sermons.id, sermonId))
      .for('update')
    if (!sermon) throw new AppError('not_found', 'This sermon does not exist any more.')
    const cut = await findCut({ db: tx }, { sermonId, mediaRevision: sermon.mediaRevision })
    const current = cut?.baseRevision ?? sermon.mediaRevision
    const others = await listOtherRecordings(tx, { sermonId, current })
    const wanted = others.find(({ revision }) =>
      recording === undefined ? revision < current : revision === recording,
    )
    if (!wanted) {
      throw new AppError(
        'conflict',
        'There is no such recording. Replace the current one with a file that plays.',
      )
    }
    if (cut) await showWhole(tx, cut)
    const { revision } = wanted
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
