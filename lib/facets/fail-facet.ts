import { and, eq, gt, inArray, notInArray } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { type FacetStatus, type RunStatus, runs, sermons } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { facetOfTask } from '#lib/facets/facet-tasks.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { isUnwanted } from '#lib/facets/unwanted-runs.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'

const whatStopped: Record<Facet, string> = {
  media: 'Audio preparation stopped. The recording is safe; try again.',
  transcript: 'Transcription stopped. Try again, or upload a transcript.',
  index: 'Indexing for search stopped. Try again.',
}

const statusColumn = { media: 'mediaStatus', transcript: 'transcriptStatus', index: 'indexStatus' } as const
const movingStatuses: readonly FacetStatus[] = ['pending', 'running']

/** The error to show on a sermon when the processing of a facet stopped without a reason. */
export function explainStoppedFacet(
  facet: Facet,
  status: RunStatus | null,
): { reason: string; message: string } {
  if (status === 'cancelled') {
    return {
      reason: `${facet}.cancelled`,
      message: 'Someone cancelled this. Try again when you are ready.',
    }
  }
  return { reason: `${facet}.stopped`, message: whatStopped[facet] }
}

/**
 * Marks the facet of a run that stopped as failed, unless the facet is no longer being processed, a newer run is
 * processing it, or the work of the run is no longer wanted.
 */
export async function failFacetOfRun(
  tx: Transaction,
  run: { id: string; taskId: string; sermonId: string | null; status: RunStatus; createdAt: Date },
): Promise<void> {
  const facet = facetOfTask(run.taskId)
  if (!facet || !run.sermonId) return
  const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, run.sermonId))
  if (!sermon || !movingStatuses.includes(sermon[statusColumn[facet]])) return
  const [unwanted] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.id, run.id), isUnwanted))
  if (unwanted) return
  const [newer] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.sermonId, run.sermonId),
        inArray(runs.taskId, [run.taskId, 'process-sermon']),
        gt(runs.createdAt, run.createdAt),
        notInArray(runs.status, [...finalStatuses]),
      ),
    )
    .limit(1)
  if (newer) return
  const { sermonId } = run
  await setFacet(tx, { sermonId, facet, status: 'failed', error: explainStoppedFacet(facet, run.status) })
}
