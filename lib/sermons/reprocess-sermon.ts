import type { Database } from '#lib/db/connect-database.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { requestProcessing } from '#lib/facets/request-processing.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

/**
 * Processes a sermon of this church again. Finished steps are kept except those of the facets in `redo`,
 * which start from the beginning. Returns the event's id. Throws `not_found` for another church's sermon,
 * `conflict` when it has no recording.
 */
export async function reprocessSermon(
  { db }: { db: Database },
  { sermonId, churchId, redo }: { sermonId: string; churchId: string; redo: Facet[] },
): Promise<string> {
  await findChurchSermon({ db }, { id: sermonId, churchId })
  return db.transaction((tx) => requestProcessing(tx, { sermonId, churchId, redo }))
}
