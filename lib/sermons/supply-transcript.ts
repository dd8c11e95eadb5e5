import { randomUUID } from 'node:crypto'
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { toStorageError } from '#lib/storage/to-storage-error.ts'
import { parseTranscriptFile, type Shift } from '#lib/transcripts/parse-transcript-file.ts'

export const MAX_TRANSCRIPT_BYTES = 10 * 1024 * 1024

/**
 * Accepts the pastor's own transcript for the recording that is being uploaded, or else for the current one. It
 * replaces a machine transcript. A file that cannot be read is refused immediately, and nothing changes. Times that
 * begin at an offset are refused with a proposed shift (`transcript.late_times`) unless `shift` accepts it.
 */
export async function supplyTranscript(
  { db, storage }: { db: Database; storage: StorageConnection },
  input: { sermonId: string; churchId: string; bytes: Uint8Array; fileName: string; shift?: Shift },
): Promise<void> {
  const { sermonId, churchId, bytes, shift = 'none' } = input
  if (bytes.byteLength > MAX_TRANSCRIPT_BYTES) {
    throw new AppError('too_large', 'This transcript is larger than 10 MB. Upload the text alone.')
  }
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  const [uploading] = await db
    .select({ revision: mediaAssets.revision })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'original'),
        isNull(mediaAssets.uploadedAt),
        gt(mediaAssets.revision, sermon.mediaRevision),
      ),
    )
    .orderBy(desc(mediaAssets.revision))
    .limit(1)
  const revision = uploading?.revision ?? Math.max(1, sermon.mediaRevision)
  // The stored duration is that of the current recording, not of one that is still being uploaded.
  const durationMs = revision === sermon.mediaRevision ? sermon.durationMs : null
  parseTranscriptFile({ bytes, durationMs, shift })
  const id = randomUUID()
  const path = `${churchId}/${sermonId}/${revision}/${id}`
  const { error } = await storage.client
    .from(buckets.originals)
    .upload(path, bytes, { contentType: 'text/plain; charset=utf-8', upsert: false })
  if (error) throw toStorageError(error)
  await db.transaction(async (tx) => {
    await tx.insert(mediaAssets).values({
      id,
      churchId,
      sermonId,
      kind: 'transcript_upload',
      name: id,
      revision,
      bucket: buckets.originals,
      path,
      fileName: input.fileName,
      contentType: 'text/plain; charset=utf-8',
      sizeBytes: bytes.byteLength,
      uploadedAt: new Date(),
      details: { shift },
    })
    const [row] = await tx
      .select({ mediaRevision: sermons.mediaRevision })
      .from(sermons)
      .where(eq(sermons.id, sermonId))
    // Without a recording no work is needed yet; the event of the upload will find the transcript.
    if (!row || row.mediaRevision === 0 || row.mediaRevision !== revision) return
    await setFacet(tx, { sermonId, facet: 'transcript', status: 'pending' })
    await enqueueEvent(tx, {
      type: 'sermon.transcript-supplied',
      churchId,
      sermonId,
      payload: { churchId, sermonId, mediaRevision: revision, redo: [] },
    })
  })
}
