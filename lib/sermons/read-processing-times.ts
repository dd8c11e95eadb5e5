import { and, desc, eq, getTableColumns, gte, sql } from 'drizzle-orm'
import { originalRevision } from '#lib/cuts/find-cut.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, runs, sermons } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { facetTasks } from '#lib/facets/facet-tasks.ts'
import { listOtherRecordings, type OtherRecording } from '#lib/sermons/restore-recording.ts'

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
  /** Recordings that can be used again, the newest first. */
  otherRecordings: readonly OtherRecording[]
}

/**
 * When the current recording of a sermon was received, prepared, transcribed and indexed, from the newest run of
 * each task. Runs for earlier recordings do not count.
 */
export async function readProcessingTimes(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<ProcessingTimes> {
  const [original] = await db
    .select({ ...getTableColumns(mediaAssets), mediaRevision: originalRevision })
    .from(mediaAssets)
    .innerJoin(sermons, eq(sermons.id, mediaAssets.sermonId))
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'original'),
        // Before the first recording has arrived, the one that is being uploaded.
        eq(mediaAssets.revision, sql`greatest(${originalRevision}, 1)`),
      ),
    )
  const sermonRuns = await db
    .select({
      taskId: runs.taskId,
      status: runs.status,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
    })
    .from(runs)
    .where(
      and(
        eq(runs.sermonId, sermonId),
        original?.uploadedAt ? gte(runs.createdAt, original.uploadedAt) : undefined,
      ),
    )
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
    otherRecordings: original
      ? await listOtherRecordings(db, { sermonId, current: original.mediaRevision })
      : [],
  }
}
