import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { runSteps, type sermons } from '#lib/db/schema.ts'
import type { Facet } from '#lib/facets/facet.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { findSuppliedTranscript, suppliedTranscriptKey } from '#lib/pipeline/find-supplied-transcript.ts'
import { type PipelineContext, readSermonRow, sermonWork } from '#lib/pipeline/pipeline-context.ts'
import { forgetSteps, runStep } from '#lib/runs/run-step.ts'
import { transcriptOfEarlierRecording } from '#lib/sermons/complete-upload.ts'

export type ProcessingPlan = {
  superseded: boolean
  media: boolean
  /**
   * `read` an uploaded transcript, `listen` (speech recognition), or null for neither. An uploaded transcript
   * takes precedence.
   */
  transcript: 'read' | 'listen' | null
}

const stepsOfFacet: Record<Facet, string> = { media: 'media/', transcript: 'transcript/', index: 'index/' }
/** The facets that depend on a facet and must be processed again with it. */
const dependents: Record<Facet, Facet[]> = { media: [], transcript: ['index'], index: [] }

/**
 * Decides which facets of a sermon need work. Steps of the facets in `redo` are deleted first, once for each
 * request, so that a replay of this run does not delete the results of its own steps.
 */
export async function planProcessing(
  context: PipelineContext,
  { churchId, sermonId, mediaRevision, redo, eventId }: TaskPayload<'process-sermon'>,
): Promise<ProcessingPlan> {
  const sermon = await readSermonRow(context, sermonId)
  if (sermon.mediaRevision !== mediaRevision) return { superseded: true, media: false, transcript: null }
  const again = new Set<Facet>(redo.flatMap((facet) => [facet, ...dependents[facet]]))
  if (again.size > 0) {
    const work = sermonWork(context, { churchId, sermonId }, `request/${eventId ?? context.run.runId}`)
    await runStep(
      work,
      { name: 'forget', result: z.object({ forgotten: z.array(z.string()) }) },
      async () => {
        for (const facet of again) {
          await forgetSteps(context.services, { workKeyPrefix: `${sermonId}/${stepsOfFacet[facet]}` })
        }
        return { forgotten: [...again] }
      },
    )
  }
  return {
    superseded: false,
    media: again.has('media') || sermon.mediaStatus !== 'ready',
    transcript: await planTranscript(context, sermon),
  }
}

async function planTranscript(
  { services: { db } }: PipelineContext,
  sermon: typeof sermons.$inferSelect,
): Promise<ProcessingPlan['transcript']> {
  const { id: sermonId, mediaRevision } = sermon
  const supplied = await findSuppliedTranscript({ db }, { sermonId, mediaRevision })
  if (supplied && sermon.transcriptStatus !== 'ready') return 'read'
  if (!supplied) {
    const isRequestedAgain = sermon.transcriptError?.reason === transcriptOfEarlierRecording.reason
    return sermon.transcriptStatus === 'ready' || isRequestedAgain ? null : 'listen'
  }
  // It may have been uploaded while another transcript was being read.
  const isStored = and(
    eq(runSteps.workKey, `${sermonId}/${suppliedTranscriptKey(supplied)}`),
    eq(runSteps.name, 'store'),
    eq(runSteps.status, 'completed'),
  )
  const [stored] = await db.select({ id: runSteps.id }).from(runSteps).where(isStored)
  return stored ? null : 'read'
}

/** Whether the sermon has a transcript that is not indexed yet or is to be indexed again. */
export async function needsIndex(
  context: PipelineContext,
  { sermonId, redo }: TaskPayload<'process-sermon'>,
): Promise<boolean> {
  const sermon = await readSermonRow(context, sermonId)
  if (sermon.transcriptStatus !== 'ready') return false
  return sermon.indexStatus !== 'ready' || redo.includes('index') || redo.includes('transcript')
}
