import { eq } from 'drizzle-orm'
import { findWhole } from '#lib/cuts/read-cut.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { cutProposals, sermons } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'

/**
 * Requests, once for each uploaded recording, that the sermon is found in it; again where that failed. Throws
 * `conflict` where nothing can be played yet.
 */
export async function requestProposal(
  { db }: { db: Database },
  { sermonId, churchId }: { sermonId: string; churchId: string },
): Promise<void> {
  await db.transaction(async (tx) => {
    // The lock orders this with another request.
    await tx.select({ id: sermons.id }).from(sermons).where(eq(sermons.id, sermonId)).for('update')
    const { revision } = await findWhole(tx, sermonId)
    const changed = await tx
      .insert(cutProposals)
      .values({ churchId, sermonId, mediaRevision: revision })
      .onConflictDoUpdate({
        target: [cutProposals.sermonId, cutProposals.mediaRevision],
        set: { state: 'pending' },
        setWhere: eq(cutProposals.state, 'failed'),
      })
      .returning({ sermonId: cutProposals.sermonId })
    if (changed.length === 0) return
    const payload = { churchId, sermonId, originalRevision: revision }
    await enqueueEvent(tx, { type: 'sermon.cut-unknown', churchId, sermonId, payload })
  })
}
