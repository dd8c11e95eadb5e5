import { eq, max } from 'drizzle-orm'
import { z } from 'zod'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import { idFromKey } from '#lib/pipeline/id-from-key.ts'
import { type PipelineContext, readSermonRow } from '#lib/pipeline/pipeline-context.ts'
import { runStep, type Work } from '#lib/runs/run-step.ts'
import { readMeasuredWaveform } from '#lib/sermons/read-waveform.ts'

/** A transcript as a step's result. */
export const writtenSchema = z.object({
  source: z.enum(['deepgram', 'recogniser', 'upload']),
  language: z.string(),
  isDraft: z.boolean(),
  isApproximate: z.boolean(),
  words: z.array(z.tuple([z.string(), z.number(), z.number()])),
  sentences: z.array(z.tuple([z.number(), z.number()])),
})
const pausesSchema = z.object({
  durationMs: z.number(),
  silences: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
})

/** Duration and pauses of the recording: from the media job, or measured here when that has not run yet. */
export async function findPauses(
  { services, run }: PipelineContext,
  work: Work,
  original: () => Promise<string>,
): Promise<z.infer<typeof pausesSchema>> {
  const { db } = services
  const { sermonId } = work
  return runStep(work, { name: 'find-pauses', result: pausesSchema }, async () => {
    const measured = await readMeasuredWaveform({ db }, { sermonId })
    const { durationMs } = await readSermonRow({ services, run }, sermonId)
    if (measured && durationMs !== null) return { durationMs, silences: measured.silences }
    const fresh = await measureLoudness({ filePath: await original(), signal: run.signal })
    return { durationMs: Math.round(fresh.decodedDurationMs), silences: fresh.silences }
  })
}

/** Stores a transcript as the newest of its sermon, once, and marks it for indexing. */
export async function storeTranscript(
  { services: { db } }: PipelineContext,
  work: Work,
  written: z.infer<typeof writtenSchema>,
): Promise<void> {
  const { churchId, sermonId } = work
  const result = z.object({ transcriptId: z.uuid(), words: z.number() })
  await runStep(work, { name: 'store', result }, () => {
    const transcriptId = idFromKey(work.workKey)
    return db.transaction(async (tx) => {
      const [newest] = await tx
        .select({ revision: max(transcripts.revision) })
        .from(transcripts)
        .where(eq(transcripts.sermonId, sermonId))
      const revision = (newest?.revision ?? 0) + 1
      await tx.delete(transcripts).where(eq(transcripts.id, transcriptId))
      await tx.insert(transcripts).values({ id: transcriptId, churchId, sermonId, revision, ...written })
      await tx.update(sermons).set({ transcriptRevision: revision }).where(eq(sermons.id, sermonId))
      await setFacet(tx, { sermonId, facet: 'transcript', status: 'ready' })
      await setFacet(tx, { sermonId, facet: 'index', status: 'pending' })
      return { transcriptId, words: written.words.length }
    })
  })
}
