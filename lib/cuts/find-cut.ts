import { and, eq, inArray, max, type SQL, sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { mediaAssets, recordingCuts, sermons } from '#lib/db/schema.ts'

export type StoredCut = typeof recordingCuts.$inferSelect

/** The number of the original that the current recording of a row of `sermons` is made of. */
export const originalRevision: SQL<number> = sql<number>`coalesce((
  select cut.base_revision from ${recordingCuts} cut
  where cut.sermon_id = ${sermons.id} and cut.media_revision = ${sermons.mediaRevision}), ${sermons.mediaRevision})`

/** The cut that made this recording, or null for a whole one. */
export async function findCut(
  { db }: { db: DatabaseOrTransaction },
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
): Promise<StoredCut | null> {
  const [cut] = await db
    .select()
    .from(recordingCuts)
    .where(and(eq(recordingCuts.sermonId, sermonId), eq(recordingCuts.mediaRevision, mediaRevision)))
  return cut ?? null
}

/** The cuts of a sermon that are not published: the one that is being made, or that failed. */
export async function findUnpublishedCuts(
  { db }: { db: DatabaseOrTransaction },
  { sermonId }: { sermonId: string },
): Promise<StoredCut[]> {
  return db
    .select()
    .from(recordingCuts)
    .where(and(eq(recordingCuts.sermonId, sermonId), inArray(recordingCuts.state, ['pending', 'failed'])))
}

/** A number that no recording of the sermon has had, uploaded or cut. */
export async function nextRecordingNumber(
  tx: DatabaseOrTransaction,
  { sermonId }: { sermonId: string },
): Promise<number> {
  const [uploaded] = await tx
    .select({ newest: max(mediaAssets.revision) })
    .from(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
  const [cut] = await tx
    .select({ newest: max(recordingCuts.mediaRevision) })
    .from(recordingCuts)
    .where(eq(recordingCuts.sermonId, sermonId))
  const [sermon] = await tx
    .select({ current: sermons.mediaRevision })
    .from(sermons)
    .where(eq(sermons.id, sermonId))
  return Math.max(uploaded?.newest ?? 0, cut?.newest ?? 0, sermon?.current ?? 0) + 1
}
