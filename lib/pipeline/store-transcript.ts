import { eq, max } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons, transcriptSuggestions, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import { refusalReasons } from '#lib/media/media-failures.ts'
import { idFromKey } from '#lib/pipeline/id-from-key.ts'
import { type PipelineContext, readSermonRow } from '#lib/pipeline/pipeline-context.ts'
import { runStep, type Work } from '#lib/runs/run-step.ts'
import { readChurchLanguage } from '#lib/sermons/read-church-language.ts'
import { readMeasuredWaveform } from '#lib/sermons/read-waveform.ts'
import { leftOutSchema } from '#lib/transcripts/transcript.ts'

/** A transcript as a step's result. */
export const writtenSchema = z.object({
  source: z.enum(['deepgram', 'speech-model', 'recogniser', 'upload']),
  language: z.string(),
  isDraft: z.boolean(),
  isApproximate: z.boolean(),
  words: z.array(z.tuple([z.string(), z.number(), z.number()])),
  sentences: z.array(z.tuple([z.number(), z.number()])),
  confidences: z.array(z.number().nullable()).nullable().default(null),
  paragraphStarts: z.array(z.number()).nullable().default(null),
  leftOut: z.array(leftOutSchema).nullable().default(null),
  speakerTurns: z
    .array(z.tuple([z.number(), z.string()]))
    .nullable()
    .default(null),
})
const pausesSchema = z.object({
  durationMs: z.number(),
  silences: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
})

/** Duration and pauses of the recording, from the media job, or measured here if that has not run yet. */
export async function findPauses(
  { services, run }: PipelineContext,
  work: RecordingWork,
  original: () => Promise<string>,
): Promise<z.infer<typeof pausesSchema>> {
  const { db } = services
  const { sermonId } = work
  return runStep(work, { name: 'find-pauses', result: pausesSchema }, async () => {
    const { durationMs, mediaRevision } = await readSermonRow({ services, run }, sermonId)
    // Both belong to the current recording, which may be newer than that of this run.
    const measured =
      mediaRevision === work.mediaRevision && (await readMeasuredWaveform({ db }, { sermonId }))
    if (measured && durationMs !== null) return { durationMs, silences: measured.silences }
    const fresh = await measureLoudness({ filePath: await original(), signal: run.signal })
    return { durationMs: Math.round(fresh.decodedDurationMs), silences: fresh.silences }
  })
}

/** Work on one recording of a sermon. */
export type RecordingWork = Work & { mediaRevision: number }

/**
 * Stores a transcript as the newest of its recording, once, and marks it for indexing. Returns false when the
 * recording was replaced: then nothing is stored. With `canBeTimed` it requests the times of its words. Throws AppError `unprocessable` for what was heard in a recording
 * that was refused.
 */
export async function storeTranscript(
  { services: { db } }: { services: { db: Database } },
  work: RecordingWork,
  written: z.input<typeof writtenSchema>,
  { canBeTimed = false }: { canBeTimed?: boolean } = {},
): Promise<boolean> {
  const { churchId, sermonId, mediaRevision } = work
  const result = z.object({ transcriptId: z.uuid(), words: z.number(), stored: z.boolean().default(true) })
  const { stored } = await runStep(work, { name: 'store', result }, () => {
    const transcriptId = idFromKey(work.workKey)
    return db.transaction(async (tx) => {
      // The lock orders this with the arrival of a recording that replaces this one.
      const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId)).for('update')
      const words = written.words.length
      if (sermon?.mediaRevision !== mediaRevision) return { transcriptId, words, stored: false }
      // The media job may have refused the recording while it was transcribed.
      const refusal = sermon.mediaStatus === 'failed' ? sermon.mediaError : null
      if (written.source !== 'upload' && refusal && refusalReasons.includes(refusal.reason)) {
        throw new AppError('unprocessable', refusal.message, { reason: refusal.reason })
      }
      const [newest] = await tx
        .select({ revision: max(transcripts.revision) })
        .from(transcripts)
        .where(eq(transcripts.sermonId, sermonId))
      const revision = (newest?.revision ?? 0) + 1
      // It may have been chosen while the recording was transcribed. An uploaded text decides where nobody has chosen.
      const isDecidedByText =
        written.source === 'upload' && sermon.language === (await readChurchLanguage(tx, { churchId }))
      const language = isDecidedByText ? written.language : sermon.language
      await tx.delete(transcripts).where(eq(transcripts.id, transcriptId))
      await tx.insert(transcripts).values({
        id: transcriptId,
        churchId,
        sermonId,
        revision,
        mediaRevision,
        ...written,
        language,
      })
      await tx.delete(transcriptSuggestions).where(eq(transcriptSuggestions.sermonId, sermonId))
      await tx.update(sermons).set({ transcriptRevision: revision, language }).where(eq(sermons.id, sermonId))
      await setFacet(tx, { sermonId, facet: 'transcript', status: 'ready' })
      await setFacet(tx, { sermonId, facet: 'index', status: 'pending' })
      if (canBeTimed) {
        const payload = { churchId, sermonId, mediaRevision, transcriptId }
        await enqueueEvent(tx, { type: 'sermon.times-missing', churchId, sermonId, payload })
      }
      return { transcriptId, words, stored: true }
    })
  })
  return stored
}
