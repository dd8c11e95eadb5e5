import { and, asc, eq, getTableColumns, gt, isNull, lt } from 'drizzle-orm'
import { originalRevision } from '#lib/cuts/find-cut.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { completeOriginal } from '#lib/sermons/complete-upload.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'

/** Long enough for the browser to report the end of its upload itself. */
const QUIET_MS = 60_000
/** An upload this old has been abandoned. */
const FORGET_AFTER_MS = 3 * 24 * 60 * 60 * 1000
const BATCH = 20

export type SweptUploads = {
  completed: number
  /** Recordings that could not be checked or completed in this pass. */
  failed: number
  /** Pass it to the next call, so that abandoned uploads do not delay the others. Null: start again. */
  next: string | null
}

/**
 * Completes uploads that arrived completely but were never reported by the browser (a closed tab, an empty
 * battery). Checks up to 20 unfinished uploads `after` the one where the previous pass ended. A recording that
 * fails is logged and does not stop the others.
 */
export async function sweepFinishedUploads(
  { db, storage, now = () => new Date() }: { db: Database; storage: StorageConnection; now?: () => Date },
  { after }: { after: string | null },
): Promise<SweptUploads> {
  const nowMs = now().getTime()
  const unfinished = await db
    .select(getTableColumns(mediaAssets))
    .from(mediaAssets)
    .innerJoin(sermons, eq(sermons.id, mediaAssets.sermonId))
    .where(
      and(
        eq(mediaAssets.kind, 'original'),
        isNull(mediaAssets.uploadedAt),
        isNull(sermons.trashedAt),
        lt(originalRevision, mediaAssets.revision),
        lt(mediaAssets.createdAt, new Date(nowMs - QUIET_MS)),
        gt(mediaAssets.createdAt, new Date(nowMs - FORGET_AFTER_MS)),
        after === null ? undefined : gt(mediaAssets.id, after),
      ),
    )
    .orderBy(asc(mediaAssets.id))
    .limit(BATCH)
  let completed = 0
  let failed = 0
  for (const asset of unfinished) {
    try {
      if (await completeOriginal({ db, storage }, asset)) completed += 1
    } catch (error) {
      failed += 1
      console.warn(
        `The upload of sermon ${asset.sermonId} could not be completed; it will be retried.`,
        error,
      )
    }
  }
  return { completed, failed, next: unfinished.length < BATCH ? null : (unfinished.at(-1)?.id ?? null) }
}
