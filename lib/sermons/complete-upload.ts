import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/jobs/enqueue-event.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { setFacet } from '#lib/sermons/set-facet.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { createSignedUpload, type SignedUpload } from '#lib/storage/create-signed-upload.ts'
import { type BucketName, buckets } from '#lib/storage/ensure-buckets.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

type Dependencies = { db: Database; storage: StorageConnection }
type Wanted = { sermonId: string; churchId: string }

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

/** Permission to go on with an upload whose first permission ran out. Throws `conflict` when it is finished. */
export async function renewUpload({ db, storage }: Dependencies, wanted: Wanted): Promise<SignedUpload> {
  const asset = await findOriginal(db, wanted)
  if (asset.uploadedAt) throw new AppError('conflict', 'This recording has already been uploaded.')
  return createSignedUpload({ storage }, { bucket: buckets.originals, path: asset.path })
}

/**
 * Takes a finished upload into the library: the asset is marked as there and the event that starts its
 * processing is written, in one transaction. Calling it again changes nothing. Throws `conflict` while
 * bytes are missing.
 */
export async function completeUpload({ db, storage }: Dependencies, wanted: Wanted): Promise<void> {
  const asset = await findOriginal(db, wanted)
  if (asset.uploadedAt) return
  const info = await readObjectInfo({ storage }, { bucket: asset.bucket as BucketName, path: asset.path })
  if (!info) {
    throw new AppError('conflict', 'The upload has not finished yet. Go on with it, then try again.', {
      reason: 'upload.unfinished',
    })
  }
  await db.transaction(async (tx) => {
    const claimed = await tx
      .update(mediaAssets)
      .set({ uploadedAt: new Date(), sizeBytes: info.sizeBytes })
      .where(and(eq(mediaAssets.id, asset.id), isNull(mediaAssets.uploadedAt)))
      .returning({ id: mediaAssets.id })
    if (claimed.length === 0) return
    await tx.update(sermons).set({ mediaRevision: asset.revision }).where(eq(sermons.id, wanted.sermonId))
    await setFacet(tx, { sermonId: wanted.sermonId, facet: 'media', status: 'pending' })
    const [sermon] = await tx
      .select({ transcriptStatus: sermons.transcriptStatus })
      .from(sermons)
      .where(eq(sermons.id, wanted.sermonId))
    if (sermon?.transcriptStatus !== 'ready') {
      await setFacet(tx, { sermonId: wanted.sermonId, facet: 'transcript', status: 'pending' })
    }
    await enqueueEvent(tx, {
      type: 'sermon.uploaded',
      churchId: wanted.churchId,
      sermonId: wanted.sermonId,
      payload: { ...wanted, mediaRevision: asset.revision, redo: [] },
    })
  })
}
