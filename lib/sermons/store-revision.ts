import { desc, eq } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'

type TranscriptRow = typeof transcripts.$inferSelect

/** Stores `values` as the newest revision of a transcript, and requests that the sermon is indexed again. */
export async function storeRevision(
  tx: Transaction,
  { sermonId, churchId }: { sermonId: string; churchId: string },
  { id: _, ...values }: TranscriptRow,
): Promise<TranscriptRow> {
  const [newest] = await tx
    .select({ revision: transcripts.revision })
    .from(transcripts)
    .where(eq(transcripts.sermonId, sermonId))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  const revision = (newest?.revision ?? 0) + 1
  const [row] = await tx
    .insert(transcripts)
    .values({ ...values, revision })
    .returning()
  if (!row) throw new Error('The transcript was not stored')
  await tx.update(sermons).set({ transcriptRevision: revision }).where(eq(sermons.id, sermonId))
  await setFacet(tx, { sermonId, facet: 'index', status: 'pending' })
  await enqueueEvent(tx, { type: 'sermon.reindex', churchId, sermonId, payload: { churchId, sermonId } })
  return row
}
