import { eq } from 'drizzle-orm'
import { readChurchTerms } from '#lib/churches/church-terms.ts'
import { speakers } from '#lib/db/schema.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { type PipelineContext, readSermonRow, throttleProgress } from '#lib/pipeline/pipeline-context.ts'
import { waitOutRateLimits } from '#lib/pipeline/wait-out-rate-limits.ts'
import type { Transcriber } from '#lib/transcripts/transcriber.ts'
import type { Transcript } from '#lib/transcripts/transcript.ts'

/** A recording of a sermon, with its pauses. */
export type HeardRecording = {
  sermonId: string
  mediaRevision: number
  durationMs: number
  silences: readonly { startMs: number; endMs: number }[]
}

/**
 * Lets a transcriber hear a recording in the language of its sermon, with the names and terms of the church, and
 * reports progress. Throws TranscriberError, or AppError `rate_limited` when the service stays busy.
 */
export async function hearRecording(
  context: PipelineContext,
  transcriber: Transcriber,
  { sermonId, mediaRevision, durationMs, silences }: HeardRecording,
  original: () => Promise<string>,
): Promise<Transcript> {
  const { services, run } = context
  const { db } = services
  const sermon = await readSermonRow(context, sermonId)
  const [speaker] = sermon.speakerId
    ? await db.select({ name: speakers.name }).from(speakers).where(eq(speakers.id, sermon.speakerId))
    : []
  const terms = await readChurchTerms({ db }, { churchId: sermon.churchId })
  const filePath = await original()
  const onProgress = throttleProgress((progress) =>
    setFacet(db, {
      sermonId,
      facet: 'transcript',
      status: 'running',
      progress,
      mediaRevision,
      onlyWhile: 'running',
    }),
  )
  return waitOutRateLimits(() =>
    transcriber.transcribe({
      filePath,
      contentType: 'application/octet-stream',
      language: sermon.language,
      keyterms: [...(speaker ? [speaker.name] : []), ...terms.used, ...terms.learned],
      durationMs,
      silences,
      signal: run.signal,
      onProgress,
    }),
  )
}
