import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, runs } from '#lib/db/schema.ts'

export type ReceiptTimes = {
  /** ISO times, null for what has not happened. */
  receivedAt: string | null
  mediaStartedAt: string | null
  mediaFinishedAt: string | null
  transcriptStartedAt: string | null
  transcriptFinishedAt: string | null
  indexStartedAt: string | null
  indexFinishedAt: string | null
  original: { fileName: string; sizeBytes: number } | null
}

/** When a sermon was received, prepared, written down and made searchable, from the newest runs of each. */
export async function readReceipt(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<ReceiptTimes> {
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
  const newest = (taskId: string) => sermonRuns.find((run) => run.taskId === taskId)
  const finished = (taskId: string) =>
    sermonRuns
      .find((run) => run.taskId === taskId && run.status === 'completed')
      ?.finishedAt?.toISOString() ?? null
  const started = (taskId: string) => newest(taskId)?.startedAt?.toISOString() ?? null
  return {
    receivedAt: original?.uploadedAt?.toISOString() ?? null,
    mediaStartedAt: started('prepare-media'),
    mediaFinishedAt: finished('prepare-media'),
    transcriptStartedAt: started('transcribe'),
    transcriptFinishedAt: finished('transcribe'),
    indexStartedAt: started('index-passages'),
    indexFinishedAt: finished('index-passages'),
    original: original ? { fileName: original.fileName, sizeBytes: original.sizeBytes } : null,
  }
}
