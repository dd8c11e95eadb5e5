import { and, asc, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { mapConcurrently } from '#lib/concurrency/map-concurrently.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { recordDeadLetter } from '#lib/dead-letters/record-dead-letter.ts'
import { fingerprintError } from '#lib/describe-error.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { clearStep } from '#lib/runs/clear-step.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { readObjectInfo } from '#lib/storage/read-object-info.ts'

type Dependencies = { db: Database; storage: StorageConnection; now: () => Date }

const MIN_AGE_MS = 120_000
/** Every object is checked once in this many passes: with a pass every 20 seconds, within four minutes. */
const PASSES_PER_ROUND = 12
const MIN_PER_PASS = 120
/** Limits the load on storage: with more than 12,000 objects a round takes more passes. */
const MAX_PER_PASS = 1000
const CONCURRENCY = 8
/** What is made of a recording and kept in storage. */
const preparedKinds = ['rendition', 'download', 'podcast'] as const

/**
 * Checks that the objects of the current recordings are in storage, a limited number at a time. `after` is the
 * asset where the last pass ended; the returned `after` is for the next pass. A missing prepared file marks
 * the media as `failed`, so that “Try again” prepares it again. Every missing object gets a dead letter.
 * Throws AppError when storage does not answer.
 */
export async function reconcileObjects(
  { db, storage, now }: Dependencies,
  { after }: { after: string | null },
): Promise<{ after: string | null; missing: number }> {
  const changedBefore = new Date(now().getTime() - MIN_AGE_MS)
  const ofCurrentRecording = and(
    isNull(sermons.trashedAt),
    eq(sermons.id, mediaAssets.sermonId),
    eq(sermons.mediaRevision, mediaAssets.revision),
  )
  const expected = and(
    lt(mediaAssets.uploadedAt, changedBefore),
    or(
      inArray(mediaAssets.kind, ['original', 'transcript_upload']),
      and(inArray(mediaAssets.kind, [...preparedKinds]), eq(sermons.mediaStatus, 'ready')),
    ),
  )
  const [counted] = await db
    .select({ total: sql<number>`count(*)::int` })
    .from(mediaAssets)
    .innerJoin(sermons, ofCurrentRecording)
    .where(expected)
  const share = Math.ceil((counted?.total ?? 0) / PASSES_PER_ROUND)
  const limit = Math.min(MAX_PER_PASS, Math.max(MIN_PER_PASS, share))
  const rows = await db
    .select({ asset: mediaAssets })
    .from(mediaAssets)
    .innerJoin(sermons, ofCurrentRecording)
    .where(and(after ? gt(mediaAssets.id, after) : undefined, expected))
    .orderBy(asc(mediaAssets.id))
    .limit(limit)
  const recorded = await mapConcurrently(rows, CONCURRENCY, async ({ asset }) => {
    const object = { bucket: asset.bucket, path: asset.path }
    if (await readObjectInfo({ storage }, object)) return false
    return db.transaction((tx) => recordMissingObject(tx, asset.id))
  })
  const missing = recorded.filter(Boolean).length + (await recordLostRenditions({ db, changedBefore }))
  return { after: rows.length === limit ? (rows.at(-1)?.asset.id ?? null) : null, missing }
}

/** Records sermons that are shown as playable although no prepared audio is stored for them. */
async function recordLostRenditions({
  db,
  changedBefore,
}: {
  db: Database
  changedBefore: Date
}): Promise<number> {
  const withoutAudio = await db
    .select({ id: sermons.id, churchId: sermons.churchId, mediaRevision: sermons.mediaRevision })
    .from(sermons)
    .where(
      and(
        eq(sermons.mediaStatus, 'ready'),
        isNull(sermons.trashedAt),
        lt(sermons.updatedAt, changedBefore),
        sql`not exists (
          select 1 from ${mediaAssets} where ${mediaAssets.sermonId} = ${sermons.id}
          and ${mediaAssets.kind} = 'rendition' and ${mediaAssets.revision} = ${sermons.mediaRevision}
        )`,
      ),
    )
    .limit(20)
  for (const { id: sermonId, churchId, mediaRevision } of withoutAudio) {
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
  return withoutAudio.length
}

async function recordMissingObject(tx: Transaction, assetId: string): Promise<boolean> {
  // It may have been replaced since storage was checked.
  const [row] = await tx
    .select({ asset: mediaAssets, mediaStatus: sermons.mediaStatus })
    .from(mediaAssets)
    .innerJoin(
      sermons,
      and(eq(sermons.id, mediaAssets.sermonId), eq(sermons.mediaRevision, mediaAssets.revision)),
    )
    .where(and(eq(mediaAssets.id, assetId), ne(mediaAssets.kind, 'waveform'), isNull(sermons.trashedAt)))
  if (!row) return false
  const { asset, mediaStatus } = row
  const { sermonId, churchId, kind, bucket, path } = asset
  const prepared = preparedKinds.some((each) => each === kind)
  if (prepared && mediaStatus !== 'ready' && mediaStatus !== 'failed') return false
  if (prepared && mediaStatus === 'ready') {
    await failPreparedMedia(tx, { sermonId, mediaRevision: asset.revision })
  }
  const recorded = await recordDeadLetter(tx, {
    ...describeMissing(kind),
    subject: `${bucket}/${path}`,
    churchId,
    sermonId,
    details: { kind, bucket, path },
  })
  return recorded !== null
}

async function failPreparedMedia(
  tx: Transaction,
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
): Promise<void> {
  await clearStep(tx, { sermonId, step: 'media/encode' })
  const error = {
    reason: 'media.files_missing',
    message: 'Some of the prepared audio is missing from storage. Press “Try again” to prepare it again.',
  }
  await setFacet(tx, { sermonId, facet: 'media', status: 'failed', error, mediaRevision })
}

const plainNames: Record<string, string> = {
  original: 'The uploaded recording',
  transcript_upload: 'The uploaded transcript',
  rendition: 'Prepared audio',
  download: 'The prepared download',
  podcast: 'The podcast file',
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
      ? 'Restore the bucket from a backup, or upload the file again. Then discard this dead letter.'
      : 'Find out why it is missing from the bucket, then redrive: it is prepared again from the uploaded recording.',
  }
}
