import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, runs } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { facetTasks } from '#lib/facets/facet-tasks.ts'

export type ProcessingTimes = {
  /** ISO times, null for steps that have not happened. */
  receivedAt: string | null
  mediaStartedAt: string | null
  mediaFinishedAt: string | null
  transcriptStartedAt: string | null
  transcriptFinishedAt: string | null
  indexStartedAt: string | null
  indexFinishedAt: string | null
  original: { fileName: string; sizeBytes: number } | null
}

/** When a sermon was received, prepared, transcribed and indexed, from the newest run of each task. */
export async function readProcessingTimes(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<ProcessingTimes> {
  const [original] = await db
    .select()
    .from(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
    .orderBy(desc(mediaAssets.revision))
    .limit(1)
  const sermonRuns = await db
    .select({
      taskId: runs.taskId,
      status: runs.status,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
    })
    .from(runs)
    .where(eq(runs.sermonId, sermonId))
    .orderBy(desc(runs.createdAt))
    .limit(100)
  const runsOf = (facet: Facet) => {
    const tasks: readonly string[] = facetTasks[facet]
    return sermonRuns.filter((run) => tasks.includes(run.taskId))
  }
  const started = (facet: Facet) => runsOf(facet)[0]?.startedAt?.toISOString() ?? null
  const finished = (facet: Facet) =>
    runsOf(facet)
      .find(({ status }) => status === 'completed')
      ?.finishedAt?.toISOString() ?? null
  return {
    receivedAt: original?.uploadedAt?.toISOString() ?? null,
    mediaStartedAt: started('media'),
    mediaFinishedAt: finished('media'),
    transcriptStartedAt: started('transcript'),
    transcriptFinishedAt: finished('transcript'),
    indexStartedAt: started('index'),
    indexFinishedAt: finished('index'),
    original: original ? { fileName: original.fileName, sizeBytes: original.sizeBytes } : null,
  }
}
