import { eq, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { publishHeldSermon } from '#lib/sermons/publish-sermon.ts'
import type { RecordingReport } from '#lib/sermons/recording-report.ts'
import { isOriginalOf } from '#lib/sermons/recording-warnings.ts'

/**
 * Stores what was decided about a recording; a confirmation that was given for it stays. A sermon that was held back
 * for an earlier recording is published when this one has no warning.
 */
export async function storeRecordingReport(
  { db }: { db: Database },
  { sermonId, mediaRevision, report }: { sermonId: string; mediaRevision: number; report: RecordingReport },
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx
      .update(mediaAssets)
      .set({ details: sql`${mediaAssets.details} || ${JSON.stringify({ recording: report })}::jsonb` })
      .where(isOriginalOf({ sermonId, mediaRevision }))
    await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
    await publishHeldSermon(tx, { sermonId })
  })
}
