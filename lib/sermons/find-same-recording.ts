import { createHash } from 'node:crypto'
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { createSignedDownloadUrl } from '#lib/storage/create-signed-download-url.ts'
import { readRange } from '#lib/storage/read-range.ts'
import { toStorageError } from '#lib/storage/to-storage-error.ts'
import { textKey } from '#lib/text/text-input.ts'
import { hashedPartBytes } from './hashed-part-bytes.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 has 64 hexadecimal figures.')

/** A file that is not uploaded yet, as the query of an address. */
export const fileQuery = z.object({
  fileName: textKey({ name: 'file name', max: 500 }),
  sizeBytes: z.coerce.number().int().positive(),
  first: hash.optional().describe('The SHA-256 of its first megabyte.'),
  last: hash.optional().describe('The SHA-256 of its last megabyte.'),
})

type SameRecording = { id: string; title: string }

/** A recording that was replaced is not the sermon's any more; of a published part, the whole is. */
const isCurrentOrNewer = sql`${mediaAssets.revision} >= coalesce(
  (select c.base_revision from recording_cuts c
    where c.sermon_id = ${sermons.id} and c.media_revision = ${sermons.mediaRevision}),
  ${sermons.mediaRevision})`

/** More recordings of one size than this are not read. */
const MAX_READ = 5
const SIGNED_LIFE_SECONDS = 60

/**
 * The newest sermon of the church with this file as its recording; null if there is none. A file without hashes is the same
 * if its name and size are. Sermons in the trash do not count. Throws AppError `vendor_failed` when storage does not answer.
 */
export async function findSameRecording(
  { db, storage }: { db: Database; storage: StorageConnection },
  { churchId, fileName, sizeBytes, first, last }: { churchId: string } & z.infer<typeof fileQuery>,
): Promise<SameRecording | null> {
  const rows = await db
    .select({ asset: mediaAssets, title: sermons.title })
    .from(mediaAssets)
    .innerJoin(sermons, eq(sermons.id, mediaAssets.sermonId))
    .where(
      and(
        ...[eq(mediaAssets.churchId, churchId), eq(mediaAssets.kind, 'original')],
        ...[isNotNull(mediaAssets.uploadedAt), isNull(sermons.trashedAt)],
        eq(mediaAssets.sizeBytes, sizeBytes),
        isCurrentOrNewer,
      ),
    )
    .orderBy(desc(mediaAssets.createdAt))
    .limit(MAX_READ)
  for (const { asset, title } of rows) {
    const isSame =
      first !== undefined && last !== undefined
        ? await hasParts(storage, asset, { first, last })
        : asset.fileName === fileName
    if (isSame) return { id: asset.sermonId, title }
  }
  return null
}

/** A recording whose file is missing has no parts. */
async function hasParts(
  storage: StorageConnection,
  { bucket, path, sizeBytes }: Pick<typeof mediaAssets.$inferSelect, 'bucket' | 'path' | 'sizeBytes'>,
  parts: { first: string; last: string },
): Promise<boolean> {
  const partBytes = Math.min(hashedPartBytes, sizeBytes)
  try {
    const url = await createSignedDownloadUrl(
      { storage },
      { bucket, path, lifeSeconds: SIGNED_LIFE_SECONDS, audience: 'server' },
    )
    const hashFrom = async (offset: number) =>
      createHash('sha256')
        .update(await readRange(url, { offset, sizeBytes: partBytes }))
        .digest('hex')
    return (await hashFrom(0)) === parts.first && (await hashFrom(sizeBytes - partBytes)) === parts.last
  } catch (error) {
    const failure = error instanceof AppError ? error : toStorageError(error)
    if (failure.code === 'not_found') return false
    throw failure
  }
}
