import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { findCut, findUnpublishedCuts, type StoredCut } from '#lib/cuts/find-cut.ts'
import type { Database, DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { cutProposals, mediaAssets, proposalStates, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { BucketName } from '#lib/storage/ensure-buckets.ts'

const partSchema = z.object({ startMs: z.int(), endMs: z.int() })

/** Which part of a recording is published, as the HTTP API shows it. All times are those of the uploaded recording. */
export const apiCutSchema = z.object({
  durationMs: z.int().describe('Of the uploaded recording.'),
  published: partSchema.nullable().describe('Null where the whole recording is published.'),
  requested: partSchema
    .extend({ progress: z.int(), error: z.string().nullable() })
    .nullable()
    .describe('A part that is not published yet: it is being made, or that failed.'),
  proposal: z
    .object({
      state: z.enum(proposalStates),
      part: partSchema.nullable().describe('Null where nothing but the sermon was found.'),
    })
    .nullable()
    .describe('Where the sermon seems to be; null before it was searched for.'),
  peaks: z.array(z.int()).describe('1,800 values of 0 to 255 over the uploaded recording.'),
})

export type ApiCut = z.infer<typeof apiCutSchema>

/** The published, the requested and the proposed part. Throws `conflict` where nothing can be played yet. */
export async function readCut({ db }: { db: Database }, { sermonId }: { sermonId: string }): Promise<ApiCut> {
  const { revision, durationMs, published } = await findWhole(db, sermonId)
  const [requested] = await findUnpublishedCuts({ db }, { sermonId })
  const [proposal] = await db
    .select()
    .from(cutProposals)
    .where(and(eq(cutProposals.sermonId, sermonId), eq(cutProposals.mediaRevision, revision)))
  const [waveform] = await db
    .select({ details: mediaAssets.details })
    .from(mediaAssets)
    .where(ofKind({ sermonId, revision, kind: 'waveform' }))
  const { startMs = null, endMs = null } = proposal ?? {}
  return {
    durationMs,
    published: published && toPart(published),
    requested: requested
      ? { ...toPart(requested), progress: requested.progress, error: requested.error?.message ?? null }
      : null,
    proposal: proposal
      ? { state: proposal.state, part: startMs !== null && endMs !== null ? { startMs, endMs } : null }
      : null,
    peaks: z.object({ peaks: z.array(z.int()) }).parse(waveform?.details ?? { peaks: [] }).peaks,
  }
}

/** The file in which a person can hear the whole recording, also while only a part is published. */
export async function findWholeAudio(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<{ bucket: BucketName; path: string }> {
  const { revision } = await findWhole(db, sermonId)
  const [file] = await db
    .select({ bucket: mediaAssets.bucket, path: mediaAssets.path })
    .from(mediaAssets)
    .where(ofKind({ sermonId, revision, kind: 'download' }))
  if (!file) throw new AppError('not_found', 'The whole recording cannot be played.')
  return file
}

/** The uploaded recording of a sermon. Throws `conflict` where nothing can be played yet. */
export async function findWhole(
  db: DatabaseOrTransaction,
  sermonId: string,
): Promise<{ revision: number; durationMs: number; published: StoredCut | null }> {
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  if (!sermon?.mediaRevision || sermon.durationMs === null) {
    throw new AppError('conflict', 'A part can be chosen as soon as the recording can be played.', {
      reason: 'cut.not_playable',
    })
  }
  const published = await findCut({ db }, { sermonId, mediaRevision: sermon.mediaRevision })
  return published
    ? { revision: published.baseRevision, durationMs: published.baseDurationMs, published }
    : { revision: sermon.mediaRevision, durationMs: sermon.durationMs, published: null }
}

function ofKind({
  sermonId,
  revision,
  kind,
}: {
  sermonId: string
  revision: number
  kind: 'waveform' | 'download'
}) {
  return and(
    eq(mediaAssets.sermonId, sermonId),
    eq(mediaAssets.revision, revision),
    eq(mediaAssets.kind, kind),
  )
}

const toPart = ({ startMs, endMs }: StoredCut) => ({ startMs, endMs })
