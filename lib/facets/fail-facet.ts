import { and, eq, gt, inArray, notInArray } from 'drizzle-orm'
import { z } from 'zod'
import type { Transaction } from '#lib/db/connect-database.ts'
import { type FacetStatus, type RunStatus, runs, sermons } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { facetOfTask } from '#lib/facets/facet-tasks.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'

const whatStopped: Record<Facet, string> = {
  media: 'Audio preparation stopped. The recording is safe; try again.',
  transcript: 'Transcription stopped. Try again, or upload a transcript.',
  index: 'Indexing for search stopped. Try again.',
}

const statusColumn = { media: 'mediaStatus', transcript: 'transcriptStatus', index: 'indexStatus' } as const
const movingStatuses: readonly FacetStatus[] = ['pending', 'running']

/** The error shown on a sermon when the processing of a facet stopped without a stated reason. */
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
 * processing it, or the run was for an earlier recording.
 */
export async function failFacetOfRun(
  tx: Transaction,
  run: Pick<
    typeof runs.$inferSelect,
    'id' | 'taskId' | 'sermonId' | 'status' | 'createdAt' | 'payload' | 'parentRunId'
  >,
): Promise<void> {
  const facet = facetOfTask(run.taskId)
  if (!facet || !run.sermonId) return
  const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, run.sermonId))
  if (!sermon || !movingStatuses.includes(sermon[statusColumn[facet]])) return
  const mediaRevision = await readMediaRevision(tx, run)
  if (mediaRevision !== null && mediaRevision !== sermon.mediaRevision) return
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

const payloadSchema = z.object({ mediaRevision: z.number() })

/** The recording that a run works on, from its payload or that of its parent; null when neither names one. */
async function readMediaRevision(
  tx: Transaction,
  { payload, parentRunId }: Pick<typeof runs.$inferSelect, 'payload' | 'parentRunId'>,
): Promise<number | null> {
  const own = payloadSchema.safeParse(payload)
  if (own.success) return own.data.mediaRevision
  if (!parentRunId) return null
  const [parent] = await tx.select({ payload: runs.payload }).from(runs).where(eq(runs.id, parentRunId))
  return payloadSchema.safeParse(parent?.payload).data?.mediaRevision ?? null
}
