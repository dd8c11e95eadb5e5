import { and, eq, type SQL, sql } from 'drizzle-orm'
import { originalRevision } from '#lib/cuts/find-cut.ts'
import type { Transaction } from '#lib/db/connect-database.ts'
import { mediaAssets, recordingCuts, sermons } from '#lib/db/schema.ts'

/** A condition on `media_assets`: the original with this number, or of which the recording with this number is a part. */
export function isOriginalOf({
  sermonId,
  mediaRevision,
}: {
  sermonId: string
  mediaRevision: number
}): SQL | undefined {
  return and(
    eq(mediaAssets.sermonId, sermonId),
    eq(mediaAssets.kind, 'original'),
    eq(
      mediaAssets.revision,
      sql`coalesce((select cut.base_revision from ${recordingCuts} cut
        where cut.sermon_id = ${sermonId}::uuid and cut.media_revision = ${mediaRevision}::int), ${mediaRevision}::int)`,
    ),
  )
}

/** A condition on `sermons`: its current recording has a warning that no user has confirmed. */
export const hasUnconfirmedRecording: SQL<boolean> = sql<boolean>`exists (
  select 1 from ${mediaAssets} where ${mediaAssets.sermonId} = ${sermons.id} and ${mediaAssets.kind} = 'original'
  and ${mediaAssets.revision} = ${originalRevision}
  and jsonb_array_length(coalesce(${mediaAssets.details} #> '{recording,warnings}', '[]')) > 0
  and ${mediaAssets.details} ->> 'confirmedAt' is null
)`

/** Marks the warnings of one recording as confirmed. */
export async function confirmWarnings(
  tx: Transaction,
  { id: sermonId, mediaRevision }: { id: string; mediaRevision: number },
): Promise<void> {
  await tx
    .update(mediaAssets)
    .set({ details: sql`${mediaAssets.details} || jsonb_build_object('confirmedAt', now())` })
    .where(isOriginalOf({ sermonId, mediaRevision }))
  await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
}
