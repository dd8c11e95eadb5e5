import { eq } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { setFacet } from '#lib/facets/set-facet.ts'

/**
 * Requests processing of a sermon inside the caller's transaction. Finished steps are kept except those of
 * the facets in `redo`, which start from the beginning. Returns the event's id. Throws `conflict` when the
 * sermon has no recording or is in the trash.
 */
export async function requestProcessing(
  tx: Transaction,
  { sermonId, churchId, redo }: { sermonId: string; churchId: string; redo: Facet[] },
): Promise<string> {
  const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId)).for('update')
  if (!sermon || sermon.mediaRevision === 0) {
    throw new AppError('conflict', 'This sermon has no recording yet. Upload one first.')
  }
  if (sermon.trashedAt) {
    throw new AppError('conflict', 'This sermon is in the trash. Restore it first.', {
      reason: 'sermon.trashed',
    })
  }
  const again = (facet: Facet, status: string) =>
    redo.includes(facet) || status === 'failed' || status === 'waiting'
  if (again('media', sermon.mediaStatus)) {
    await setFacet(tx, { sermonId, facet: 'media', status: 'pending' })
  }
  if (again('transcript', sermon.transcriptStatus)) {
    await setFacet(tx, { sermonId, facet: 'transcript', status: 'pending' })
  }
  if (redo.includes('index') || sermon.indexStatus === 'failed') {
    await setFacet(tx, { sermonId, facet: 'index', status: 'pending' })
  }
  return enqueueEvent(tx, {
    type: 'sermon.reprocess',
    churchId,
    sermonId,
    payload: { churchId, sermonId, mediaRevision: sermon.mediaRevision, redo },
  })
}
