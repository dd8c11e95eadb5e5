import { and, eq, inArray, ne } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { type BucketName, buckets } from '#lib/storage/ensure-buckets.ts'
import { listObjectPage } from '#lib/storage/list-object-page.ts'
import type { ListedObject } from '#lib/storage/list-objects.ts'
import { removeObjects } from '#lib/storage/remove-objects.ts'

/** A file may be stored some time before its row, and a failed run may still be retried. */
const MIN_AGE_MS = 24 * 60 * 60 * 1000
const PAGE_SIZE = 1000

/** A stored object that no row names. */
export type Orphan = { bucket: BucketName; path: string; sizeBytes: number; storedAt: string | null }

export type SweptOrphans = {
  checked: number
  orphans: Orphan[]
  /** Whether the orphans were removed. */
  removed: boolean
  /** Pass it to the next call; null when every object has been checked. */
  next: string | null
}

const cursorSchema = z.object({ bucket: z.enum(buckets), after: z.string().nullable() })

/**
 * Compares one page of the stored objects of a church, at most 1000 by default, with the rows that name them. Ignores
 * objects younger than a day, and those of a sermon with audio that is not ready, because its next run may use them.
 * Without `remove` this changes nothing. Throws `bad_request` for a malformed `cursor`, and AppError when storage
 * does not answer.
 */
export async function sweepOrphans(
  { db, storage, now }: { db: Database; storage: StorageConnection; now: () => Date },
  {
    churchId,
    cursor,
    remove,
    pageSize = PAGE_SIZE,
  }: { churchId: string; cursor: string | null; remove: { actorId: string } | null; pageSize?: number },
): Promise<SweptOrphans> {
  const { bucket, after } = decodeCursor(cursor)
  const { objects, next } = await listObjectPage(
    { storage },
    { bucket, folder: churchId, limit: pageSize, cursor: after },
  )
  const orphans = await findOrphans({ db, now }, { bucket, objects })
  if (remove && orphans.length > 0) {
    await removeObjects({ storage }, { bucket, paths: orphans.map(({ path }) => path) })
    await db.insert(auditLog).values({
      churchId,
      actorId: remove.actorId,
      action: 'files.removed',
      subject: bucket,
      details: { changed: orphans.length, paths: orphans.slice(0, 100).map(({ path }) => path) },
    })
  }
  return {
    checked: objects.length,
    orphans,
    removed: remove !== null,
    next: encodeNext(bucket, next),
  }
}

async function findOrphans(
  { db, now }: { db: Database; now: () => Date },
  { bucket, objects }: { bucket: BucketName; objects: readonly ListedObject[] },
): Promise<Orphan[]> {
  const storedBefore = now().getTime() - MIN_AGE_MS
  const old = objects.filter(
    ({ updatedAt }) => updatedAt !== null && new Date(updatedAt).getTime() < storedBefore,
  )
  if (old.length === 0) return []
  const named = await db
    .select({ path: mediaAssets.path })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.bucket, bucket),
        inArray(
          mediaAssets.path,
          old.map(({ path }) => path),
        ),
      ),
    )
  const known = new Set(named.map(({ path }) => path))
  const unnamed = old.filter(({ path }) => !known.has(path))
  const sermonIds = [...new Set(unnamed.map(({ path }) => sermonOf(path)).filter((id) => id !== null))]
  const unfinished =
    sermonIds.length === 0
      ? []
      : await db
          .select({ id: sermons.id })
          .from(sermons)
          .where(and(inArray(sermons.id, sermonIds), ne(sermons.mediaStatus, 'ready')))
  const kept = new Set(unfinished.map(({ id }) => id))
  return unnamed
    .filter(({ path }) => !kept.has(sermonOf(path) ?? ''))
    .map(({ path, sizeBytes, updatedAt }) => ({ bucket, path, sizeBytes, storedAt: updatedAt }))
}

/** The sermon in `<church>/<sermon>/…`, or null for another kind of name. */
function sermonOf(path: string): string | null {
  return z.uuid().safeParse(path.split('/')[1]).data ?? null
}

function decodeCursor(cursor: string | null): z.infer<typeof cursorSchema> {
  if (cursor === null) return { bucket: buckets.originals, after: null }
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch (cause) {
    throw new AppError('bad_request', 'This cursor is not valid. Start again without one.', { cause })
  }
}

function encodeNext(bucket: BucketName, after: string | null): string | null {
  const next =
    after !== null
      ? { bucket, after }
      : bucket === buckets.originals
        ? { bucket: buckets.media, after }
        : null
  return next && Buffer.from(JSON.stringify(next)).toString('base64url')
}
