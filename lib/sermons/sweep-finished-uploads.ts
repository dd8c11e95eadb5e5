import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets } from '#lib/db/schema.ts'
import { completeUpload } from '#lib/sermons/complete-upload.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import type { BucketName } from '#lib/storage/ensure-buckets.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

/** Long enough for the browser to say so itself. */
const QUIET_MS = 60_000
/** An upload that was given up this long ago does not come back. */
const FORGET_AFTER_MS = 3 * 24 * 60 * 60 * 1000
const BATCH = 20

/**
 * Takes in recordings whose bytes all arrived but whose browser never said so: a closed tab, a dead
 * battery. Returns how many were taken in.
 */
export async function sweepFinishedUploads({
  db,
  storage,
}: {
  db: Database
  storage: StorageConnection
}): Promise<number> {
  const now = Date.now()
  const waiting = await db
    .select()
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.kind, 'original'),
        isNull(mediaAssets.uploadedAt),
        lt(mediaAssets.createdAt, new Date(now - QUIET_MS)),
        gt(mediaAssets.createdAt, new Date(now - FORGET_AFTER_MS)),
      ),
    )
    .orderBy(mediaAssets.createdAt)
    .limit(BATCH)
  let completed = 0
  for (const asset of waiting) {
    const info = await readObjectInfo({ storage }, { bucket: asset.bucket as BucketName, path: asset.path })
    if (!info) continue
    await completeUpload({ db, storage }, { sermonId: asset.sermonId, churchId: asset.churchId })
    completed += 1
  }
  return completed
}
