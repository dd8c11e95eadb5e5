import { and, eq, sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { type FacetError, type FacetStatus, sermons } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'

type FacetChange = {
  sermonId: string
  facet: Facet
  status: FacetStatus
  /** 0 to 100; by default 0, or 100 when ready. */
  progress?: number
  error?: FacetError
  /** Change nothing if the recording has been replaced since this revision. */
  mediaRevision?: number
  /** Change nothing unless the facet has this status: for reports that may arrive late. */
  onlyWhile?: FacetStatus
}

const columns = {
  media: (status: FacetStatus, progress: number, error: FacetError | null) => ({
    mediaStatus: status,
    mediaProgress: progress,
    mediaError: error,
  }),
  transcript: (status: FacetStatus, progress: number, error: FacetError | null) => ({
    transcriptStatus: status,
    transcriptProgress: progress,
    transcriptError: error,
  }),
  index: (status: FacetStatus, progress: number, error: FacetError | null) => ({
    indexStatus: status,
    indexProgress: progress,
    indexError: error,
  }),
} satisfies Record<Facet, unknown>

const statusColumn = {
  media: sermons.mediaStatus,
  transcript: sermons.transcriptStatus,
  index: sermons.indexStatus,
}

/**
 * Sets the status of one facet of a sermon; no other code does. The database notifies listeners on the channel
 * `selah_sermons`. Returns false when nothing changed: the sermon was deleted, has a newer recording, or the
 * facet is not in the state `onlyWhile`.
 */
export async function setFacet(db: DatabaseOrTransaction, change: FacetChange): Promise<boolean> {
  const progress = change.progress ?? (change.status === 'ready' ? 100 : 0)
  const changed = await db
    .update(sermons)
    .set({ ...columns[change.facet](change.status, progress, change.error ?? null), updatedAt: sql`now()` })
    .where(
      and(
        eq(sermons.id, change.sermonId),
        change.mediaRevision === undefined ? undefined : eq(sermons.mediaRevision, change.mediaRevision),
        change.onlyWhile && eq(statusColumn[change.facet], change.onlyWhile),
      ),
    )
    .returning({ id: sermons.id })
  return changed.length > 0
}
