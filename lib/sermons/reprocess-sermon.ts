import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/jobs/enqueue-event.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { Facet } from '#lib/sermons/sermon.ts'
import { setFacet } from '#lib/sermons/set-facet.ts'

/**
 * Has a sermon processed again. Finished steps are kept except those of the facets in `redo`, which are
 * done from the start. Returns the event's id. Throws `conflict` before there is a recording.
 */
export async function reprocessSermon(
  { db }: { db: Database },
  { sermonId, churchId, redo }: { sermonId: string; churchId: string; redo: Facet[] },
): Promise<string> {
  await findChurchSermon({ db }, { id: sermonId, churchId })
  return db.transaction((tx) => askForProcessing(tx, { sermonId, churchId, redo }))
}

/** The same inside a transaction that is under way. Throws `conflict` before there is a recording. */
export async function askForProcessing(
  tx: Transaction,
  { sermonId, churchId, redo }: { sermonId: string; churchId: string; redo: Facet[] },
): Promise<string> {
  const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId))
  if (!sermon || sermon.mediaRevision === 0) {
    throw new AppError('conflict', 'This sermon has no recording yet. Upload one first.')
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
