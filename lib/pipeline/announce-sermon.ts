import { z } from 'zod'
import { auditLog } from '#lib/db/schema.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { idFromKey } from '#lib/pipeline/id-from-key.ts'
import { type PipelineContext, readSermonRow, sermonWork } from '#lib/pipeline/pipeline-context.ts'
import { runStep } from '#lib/runs/run-step.ts'

/** Writes down, once for each version, that a sermon can be heard, read and searched. */
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
    // A run that died after this and before the step was noted does it again.
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
