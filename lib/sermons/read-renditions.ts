import { and, asc, eq, getTableColumns } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { BucketName } from '#lib/storage/ensure-buckets.ts'

const range = z.object({ offset: z.number(), sizeBytes: z.number() })

/** The stored details of a rendition. */
export const renditionDetailsSchema = z.object({
  order: z.number().int(),
  bitrateBps: z.number(),
  channels: z.union([z.literal(1), z.literal(2)]),
  bandwidthBps: z.number(),
  averageBandwidthBps: z.number(),
  playlist: z.object({
    targetDurationSeconds: z.number(),
    init: range,
    segments: z.array(range.extend({ durationSeconds: z.number() })),
  }),
})

export type StoredRendition = z.infer<typeof renditionDetailsSchema> & {
  name: string
  bucket: BucketName
  path: string
}

const notReady = () =>
  new AppError('not_found', 'This sermon cannot be played yet. It is still being prepared.')

const ofCurrentRecording = and(
  eq(sermons.id, mediaAssets.sermonId),
  eq(sermons.mediaRevision, mediaAssets.revision),
)

/** The renditions of the current recording, in the order of the master playlist. Throws `not_found`. */
export async function readRenditions(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<StoredRendition[]> {
  const rows = await db
    .select(getTableColumns(mediaAssets))
    .from(mediaAssets)
    .innerJoin(sermons, ofCurrentRecording)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'rendition')))
    .orderBy(asc(mediaAssets.name))
  if (rows.length === 0) throw notReady()
  return rows
    .map((row) => ({
      ...renditionDetailsSchema.parse(row.details),
      name: row.name,
      bucket: row.bucket,
      path: row.path,
    }))
    .sort((first, second) => first.order - second.order)
}

/**
 * A file of the current recording for download: the .m4a, or the MP3 for podcasts. Throws `not_found` before there is
 * one.
 */
export async function readDownload(
  { db }: { db: Database },
  { sermonId, kind }: { sermonId: string; kind: 'download' | 'podcast' },
): Promise<{ bucket: BucketName; path: string; sizeBytes: number; contentType: string }> {
  const [row] = await db
    .select({
      bucket: mediaAssets.bucket,
      path: mediaAssets.path,
      sizeBytes: mediaAssets.sizeBytes,
      contentType: mediaAssets.contentType,
    })
    .from(mediaAssets)
    .innerJoin(sermons, ofCurrentRecording)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, kind)))
    .limit(1)
  if (!row) throw notReady()
  return row
}
