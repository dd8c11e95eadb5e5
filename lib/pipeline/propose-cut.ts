import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { proposePart } from '#lib/cuts/propose-part.ts'
import { cutProposals } from '#lib/db/schema.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import {
  originalFetcher,
  type PipelineContext,
  readSermonRow,
  sermonWork,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { detectSpeech } from '#lib/transcripts/detect-speech.ts'

const found = z.object({ part: z.object({ startMs: z.number(), endMs: z.number() }).nullable() })

/**
 * Finds where the sermon begins and ends in an uploaded recording, by the speech in it, and stores that as a proposal.
 * Nothing is cut.
 */
export async function proposeCut(
  context: PipelineContext,
  { churchId, sermonId, originalRevision: mediaRevision }: TaskPayload<'propose-cut'>,
): Promise<z.infer<typeof found>> {
  await readSermonRow(context, sermonId)
  const work = sermonWork(context, { churchId, sermonId }, `cut/${mediaRevision}`)
  const { part } = await runStep(work, { name: 'find-part', result: found }, () =>
    withTemporaryFolder(async (folder) => {
      const original = originalFetcher(context, { sermonId, mediaRevision, folder })
      const { speech, durationMs } = await detectSpeech({
        filePath: await original(),
        signal: context.run.signal,
      })
      return { part: proposePart(speech, durationMs) }
    }),
  )
  await context.services.db
    .update(cutProposals)
    .set({ state: 'ready', startMs: part?.startMs ?? null, endMs: part?.endMs ?? null })
    .where(and(eq(cutProposals.sermonId, sermonId), eq(cutProposals.mediaRevision, mediaRevision)))
  return { part }
}
