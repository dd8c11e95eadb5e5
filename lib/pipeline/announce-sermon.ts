import { z } from 'zod'
import { auditLog } from '#lib/db/schema.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { idFromKey } from '#lib/pipeline/id-from-key.ts'
import { type PipelineContext, readSermonRow, sermonWork } from '#lib/pipeline/pipeline-context.ts'
import { runStep } from '#lib/runs/run-step.ts'

/** Records in the audit log, once for each version, that a sermon has been processed. */
export async function announceSermon(
  context: PipelineContext,
  { churchId, sermonId }: TaskPayload<'announce'>,
): Promise<{ announced: boolean }> {
  const sermon = await readSermonRow(context, sermonId)
  const version = `announce/${sermon.mediaRevision}/${sermon.transcriptRevision}`
  const work = sermonWork(context, { churchId, sermonId }, version)
  return runStep(work, { name: 'announce', result: z.object({ announced: z.boolean() }) }, async () => {
    const facets = {
      media: sermon.mediaStatus,
      transcript: sermon.transcriptStatus,
      index: sermon.indexStatus,
    }
    // A run that dies between this and storing the step inserts the row again; the fixed id prevents a duplicate.
    await context.services.db
      .insert(auditLog)
      .values({
        id: idFromKey(work.workKey),
        churchId,
        actorId: null,
        action: 'sermon.processed',
        subject: sermonId,
        details: { title: sermon.title, ...facets },
      })
      .onConflictDoNothing()
    return { announced: true }
  })
}
