import { and, desc, eq, isNull } from 'drizzle-orm'
import { findCut } from '#lib/cuts/find-cut.ts'
import { showWhole } from '#lib/cuts/move-recording.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { type FacetError, mediaAssets, passages, sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { createSignedUpload, type SignedUpload } from '#lib/storage/create-signed-upload.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

type Dependencies = { db: Database; storage: StorageConnection }
type Wanted = { sermonId: string; churchId: string }
type Original = typeof mediaAssets.$inferSelect

async function findOriginal(db: Database, { sermonId, churchId }: Wanted) {
  await findChurchSermon({ db }, { id: sermonId, churchId })
  const [asset] = await db
    .select()
    .from(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
    .orderBy(desc(mediaAssets.revision))
    .limit(1)
  if (!asset) throw new AppError('not_found', 'This sermon has no recording. Add one first.')
  return asset
}

/**
 * Creates a permission for a member to resume an upload after the first one expired. Throws `conflict` when it is finished.
 */
export async function renewUpload(
  { db, storage }: Dependencies,
  { actorId, ...wanted }: Wanted & { actorId: string },
): Promise<SignedUpload> {
  const asset = await findOriginal(db, wanted)
  if (asset.uploadedAt) throw new AppError('conflict', 'This recording has already been uploaded.')
  await db.update(mediaAssets).set({ uploadedBy: actorId }).where(eq(mediaAssets.id, asset.id))
  return createSignedUpload({ storage }, { bucket: buckets.originals, path: asset.path })
}

/**
 * Accepts the sermon's newest recording after its upload: marks it as uploaded and queues its processing.
 * Calling it again changes nothing. Throws `not_found` if there is no recording, and `conflict` while
 * bytes are missing.
 */
export async function completeUpload({ db, storage }: Dependencies, wanted: Wanted): Promise<void> {
  const asset = await findOriginal(db, wanted)
  if (asset.uploadedAt) return
  if (!(await completeOriginal({ db, storage }, asset))) {
    throw new AppError('conflict', 'The upload has not finished yet. Resume it, then try again.', {
      reason: 'upload.unfinished',
    })
  }
}

/**
 * Accepts this recording: in one transaction it is marked as uploaded and the event that starts its processing is
 * queued. After that, nothing made from an earlier recording is shown, searched or quoted. A recording that is older
 * than the sermon's current one, or of a sermon in the trash, starts no processing. Returns false while bytes are
 * missing. Calling it again changes nothing.
 */
export async function completeOriginal({ db, storage }: Dependencies, asset: Original): Promise<boolean> {
  const { sermonId, churchId, revision } = asset
  const info = await readObjectInfo({ storage }, { bucket: asset.bucket, path: asset.path })
  if (!info) return false
  await db.transaction(async (tx) => {
    const [wanted] = await tx
      .select({ mediaRevision: sermons.mediaRevision })
      .from(sermons)
      .where(and(eq(sermons.id, sermonId), isNull(sermons.trashedAt)))
      .for('update')
    if (!wanted) return
    const claimed = await tx
      .update(mediaAssets)
      .set({ uploadedAt: new Date(), sizeBytes: info.sizeBytes })
      .where(and(eq(mediaAssets.id, asset.id), isNull(mediaAssets.uploadedAt)))
      .returning({ id: mediaAssets.id })
    if (claimed.length === 0) return
    const cut = await findCut({ db: tx }, { sermonId, mediaRevision: wanted.mediaRevision })
    if ((cut?.baseRevision ?? wanted.mediaRevision) >= revision) return
    // The words of the earlier recording are kept whole, with what was corrected in a part of it.
    if (cut) await showWhole(tx, cut)
    await tx
      .update(sermons)
      .set({ mediaRevision: revision, durationMs: null, isTextOnly: false })
      .where(eq(sermons.id, sermonId))
    // The passages can be made again; the transcripts of earlier recordings are kept for the pastor.
    await tx.delete(passages).where(eq(passages.sermonId, sermonId))
    await setFacet(tx, { sermonId, facet: 'media', status: 'pending' })
    await setFacet(tx, { sermonId, facet: 'index', status: 'waiting' })
    await setFacet(tx, {
      sermonId,
      facet: 'transcript',
      ...((await needsUploadedTranscript(tx, { sermonId, revision }))
        ? { status: 'waiting', error: transcriptOfEarlierRecording }
        : { status: 'pending' }),
    })
    await enqueueEvent(tx, {
      type: 'sermon.uploaded',
      churchId,
      sermonId,
      payload: { sermonId, churchId, mediaRevision: revision, redo: [] },
    })
  })
  return true
}

/** The transcript of a replaced recording was uploaded, so the pastor decides what the new recording gets. */
export const transcriptOfEarlierRecording: FacetError = {
  reason: 'transcript.of_earlier_recording',
  message:
    'The transcript you uploaded belongs to the earlier recording. Upload the one for this recording, or press “Try again” to have it transcribed.',
}

/** Whether the latest transcript was uploaded for an earlier recording and none was uploaded for this one. */
async function needsUploadedTranscript(
  tx: Transaction,
  { sermonId, revision }: { sermonId: string; revision: number },
): Promise<boolean> {
  const [supplied] = await tx
    .select({ id: mediaAssets.id })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'transcript_upload'),
        eq(mediaAssets.revision, revision),
      ),
    )
    .limit(1)
  if (supplied) return false
  const [latest] = await tx
    .select({ source: transcripts.source })
    .from(transcripts)
    .where(eq(transcripts.sermonId, sermonId))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  return latest?.source === 'upload'
}
