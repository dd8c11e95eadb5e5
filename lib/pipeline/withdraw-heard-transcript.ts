import { and, eq } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { type FacetError, passages, transcripts } from '#lib/db/schema.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { heardInRefused, ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

/**
 * Withdraws what a recogniser made of a recording that was refused, when its media facet has failed: its passages and
 * references are removed, and its facet fails for the same reason. A transcript that a person uploaded, corrected or
 * reviewed stays.
 */
export async function withdrawHeardTranscript(
  tx: Transaction,
  { sermonId, error }: { sermonId: string; error: FacetError },
): Promise<void> {
  const exists = async (condition: typeof heardInRefused) =>
    (
      await tx
        .select({ id: transcripts.id })
        .from(transcripts)
        .where(and(eq(transcripts.sermonId, sermonId), condition))
        .limit(1)
    ).length > 0
  if (!(await exists(heardInRefused)) || (await exists(ofCurrentRecording))) return
  await tx.delete(passages).where(eq(passages.sermonId, sermonId))
  await setFacet(tx, { sermonId, facet: 'transcript', status: 'failed', error, onlyWhile: 'ready' })
  await setFacet(tx, { sermonId, facet: 'index', status: 'waiting' })
  await storeReferences({ db: tx }, { sermonId })
}
