import { randomUUID } from 'node:crypto'
import { nextRecordingNumber } from '#lib/cuts/find-cut.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'
import { requireUploadable } from '#lib/sermons/create-sermon.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { createSignedUpload, type SignedUpload } from '#lib/storage/create-signed-upload.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'

/**
 * Creates a permission to upload another recording for a sermon. The old one stays in use until the new one is
 * complete, and its original is kept.
 */
export async function replaceRecording(
  { db, storage, env }: { db: Database; storage: StorageConnection; env: Pick<Env, 'SELAH_MAX_UPLOAD_MB'> },
  input: {
    sermonId: string
    churchId: string
    actorId: string
    fileName: string
    sizeBytes: number
    contentType: string
  },
): Promise<SignedUpload> {
  requireUploadable(env, input)
  await findChurchSermon({ db }, { id: input.sermonId, churchId: input.churchId })
  const path = await db.transaction(async (tx) => {
    const revision = await nextRecordingNumber(tx, { sermonId: input.sermonId })
    const newPath = `${input.churchId}/${input.sermonId}/${revision}/${randomUUID()}`
    await tx.insert(mediaAssets).values({
      churchId: input.churchId,
      sermonId: input.sermonId,
      kind: 'original',
      revision,
      bucket: buckets.originals,
      path: newPath,
      fileName: input.fileName,
      contentType: input.contentType,
      sizeBytes: input.sizeBytes,
      uploadedBy: input.actorId,
    })
    return newPath
  })
  return createSignedUpload({ storage }, { bucket: buckets.originals, path })
}
