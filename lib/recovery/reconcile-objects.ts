import { and, asc, eq, gt, inArray, lt, ne, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { clearStep } from '#lib/runs/clear-step.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import type { BucketName } from '#lib/storage/ensure-buckets.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

type Dependencies = { db: Database; storage: StorageConnection; now: () => Date }

const SETTLED_MS = 120_000
/** Every object is looked at once in so many looks: with one each 20 seconds, within four minutes. */
const LOOKS_PER_ROUND = 12
const FEWEST_PER_LOOK = 120
/** A library beyond 12,000 objects takes longer than a round: storage must not be asked without end. */
const MOST_PER_LOOK = 1000
const AT_ONCE = 8

/**
 * Looks whether the objects of the current recordings are in storage, a bounded number at a time: `after`
 * is the asset where the last look ended, and the answer's `after` is where the next begins. A missing
 * prepared file makes the media `failed`, so that trying again makes it anew; everything missing is a dead
 * letter. Throws AppError when storage does not answer.
 */
export async function reconcileObjects(
  { db, storage, now }: Dependencies,
  { after }: { after: string | null },
): Promise<{ after: string | null; missing: number }> {
  const settledBefore = new Date(now().getTime() - SETTLED_MS)
  const ofCurrentRecording = and(
    eq(sermons.id, mediaAssets.sermonId),
    eq(sermons.mediaRevision, mediaAssets.revision),
  )
  const expected = and(
    lt(mediaAssets.uploadedAt, settledBefore),
    or(
      inArray(mediaAssets.kind, ['original', 'transcript_upload']),
      and(inArray(mediaAssets.kind, ['rendition', 'download']), eq(sermons.mediaStatus, 'ready')),
    ),
  )
  const [counted] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(mediaAssets)
    .innerJoin(sermons, ofCurrentRecording)
    .where(expected)
  const share = Math.ceil((counted?.total ?? 0) / LOOKS_PER_ROUND)
  const limit = Math.min(MOST_PER_LOOK, Math.max(FEWEST_PER_LOOK, share))
  const rows = await db
    .select({ asset: mediaAssets })
    .from(mediaAssets)
    .innerJoin(sermons, ofCurrentRecording)
    .where(and(after ? gt(mediaAssets.id, after) : undefined, expected))
    .orderBy(asc(mediaAssets.id))
    .limit(limit)
  let missing = 0
  const line = rows.values()
  const worker = async () => {
    for (const { asset } of line) {
      const object = { bucket: asset.bucket as BucketName, path: asset.path }
      if (await readObjectInfo({ storage }, object)) continue
      if (await db.transaction((tx) => fileMissingObject(tx, asset.id))) missing += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  missing += await fileLostRenditions({ db, settledBefore })
  return { after: rows.length === limit ? (rows.at(-1)?.asset.id ?? null) : null, missing }
}

/** Sermons that are shown as playable while no prepared audio is recorded for them at all. */
async function fileLostRenditions({
  db,
  settledBefore,
}: {
  db: Database
  settledBefore: Date
}): Promise<number> {
  const bare = await db
    .select({ id: sermons.id, churchId: sermons.churchId, mediaRevision: sermons.mediaRevision })
    .from(sermons)
    .where(
      and(
        eq(sermons.mediaStatus, 'ready'),
        lt(sermons.updatedAt, settledBefore),
        sql`not exists (
          select 1 from ${mediaAssets} where ${mediaAssets.sermonId} = ${sermons.id}
          and ${mediaAssets.kind} = 'rendition' and ${mediaAssets.revision} = ${sermons.mediaRevision}
        )`,
      ),
    )
    .limit(20)
  for (const { id: sermonId, churchId, mediaRevision } of bare) {
    await db.transaction(async (tx) => {
      await failPreparedMedia(tx, { sermonId, mediaRevision })
      await recordDeadLetter(tx, {
        ...describeMissing('rendition'),
        subject: `${sermonId}/${mediaRevision}/renditions`,
        churchId,
        sermonId,
        details: { kind: 'rendition' },
      })
    })
  }
  return bare.length
}

async function fileMissingObject(tx: Transaction, assetId: string): Promise<boolean> {
  // It may have been replaced while storage was asked.
  const [row] = await tx
    .select({ asset: mediaAssets, mediaStatus: sermons.mediaStatus })
    .from(mediaAssets)
    .innerJoin(
      sermons,
      and(eq(sermons.id, mediaAssets.sermonId), eq(sermons.mediaRevision, mediaAssets.revision)),
    )
    .where(and(eq(mediaAssets.id, assetId), ne(mediaAssets.kind, 'waveform')))
  if (!row) return false
  const { asset, mediaStatus } = row
  const { sermonId, churchId, kind, bucket, path } = asset
  const prepared = kind === 'rendition' || kind === 'download'
  if (prepared && mediaStatus !== 'ready' && mediaStatus !== 'failed') return false
  if (prepared && mediaStatus === 'ready') {
    await failPreparedMedia(tx, { sermonId, mediaRevision: asset.revision })
  }
  const filed = await recordDeadLetter(tx, {
    ...describeMissing(kind),
    subject: `${bucket}/${path}`,
    churchId,
    sermonId,
    details: { kind, bucket, path },
  })
  return filed !== null
}

async function failPreparedMedia(
  tx: Transaction,
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
): Promise<void> {
  await clearStep(tx, { sermonId, step: 'media/encode' })
  const error = {
    reason: 'media.files_missing',
    message: 'Some of the prepared audio is missing from storage. Try again to prepare it anew.',
  }
  await setFacet(tx, { sermonId, facet: 'media', status: 'failed', error, mediaRevision })
}

const plainNames: Record<string, string> = {
  original: 'The uploaded recording',
  transcript_upload: 'The uploaded transcript',
  rendition: 'Prepared audio',
  download: 'The prepared download',
}

function describeMissing(kind: string) {
  const uploaded = kind === 'original' || kind === 'transcript_upload'
  return {
    kind: 'object' as const,
    type: `storage.${kind}`,
    fingerprint: fingerprintError(`storage.${kind}`, {
      name: 'ObjectMissing',
      message: '',
      reason: 'object.missing',
    }),
    reason: `${plainNames[kind] ?? 'A file'} is missing from storage.`,
    advice: uploaded
      ? 'Restore the bucket from a backup, or upload the file again; then discard this.'
      : 'See why the bucket lost it, then redrive: it is made again from the uploaded recording.',
  }
}
