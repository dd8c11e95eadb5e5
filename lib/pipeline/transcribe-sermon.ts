import { setFacet } from '#lib/facets/set-facet.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { hearRecording } from '#lib/pipeline/hear-recording.ts'
import {
  type PipelineContext,
  readSermonRow,
  sermonWork,
  soundFetcher,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { type Postponed, postponeWhenLimited } from '#lib/pipeline/postpone-when-limited.ts'
import { findPauses, storeTranscript, writtenSchema } from '#lib/pipeline/store-transcript.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { toStoredTranscript } from '#lib/transcripts/to-stored-transcript.ts'
import { TranscriberError } from '#lib/transcripts/transcriber-error.ts'

type Outcome = { transcript: 'ready' | 'waiting' | 'superseded' }

/**
 * Transcribes a recording. Without a transcriber, or without speech in the recording, the sermon waits for an
 * uploaded transcript, which is not a failure. While the transcription service is busy the work is postponed.
 */
export async function transcribeSermon(
  context: PipelineContext,
  payload: TaskPayload<'transcribe'>,
): Promise<Outcome | Postponed> {
  const { churchId, sermonId } = payload
  try {
    return await postponeWhenLimited(
      context,
      { churchId, sermonId, facet: 'transcript', mediaRevision: payload.mediaRevision },
      () => listenNow(context, payload),
    )
  } catch (error) {
    // Music or silence: this is not a failure, and only a user can add a transcript.
    if (!(error instanceof TranscriberError) || error.reason !== 'transcriber.no_speech') throw error
    return waitForTranscript(context, payload, { reason: error.reason, message: error.message })
  }
}

async function waitForTranscript(
  { services: { db } }: PipelineContext,
  { sermonId, mediaRevision }: TaskPayload<'transcribe'>,
  error: { reason: string; message: string },
): Promise<Outcome> {
  await setFacet(db, { sermonId, facet: 'transcript', status: 'waiting', mediaRevision, error })
  return { transcript: 'waiting' }
}

async function listenNow(context: PipelineContext, payload: TaskPayload<'transcribe'>): Promise<Outcome> {
  const { churchId, sermonId, mediaRevision } = payload
  const { services } = context
  const { db } = services
  const sermon = await readSermonRow(context, sermonId)
  if (sermon.mediaRevision !== mediaRevision) return { transcript: 'superseded' }
  const transcriber = await chooseTranscriber(services.env)
  if (!transcriber) {
    return waitForTranscript(context, payload, {
      reason: 'transcript.needed',
      message:
        'This sermon needs a transcript. Upload a VTT, SRT or text file, or set up speech recognition.',
    })
  }
  const work = {
    ...sermonWork(context, { churchId, sermonId }, `transcript/${mediaRevision}/heard`),
    mediaRevision,
  }
  if (sermon.transcriptStatus !== 'ready') {
    await setFacet(db, { sermonId, facet: 'transcript', status: 'running', mediaRevision })
  }
  return withTemporaryFolder(async (folder) => {
    const sound = soundFetcher(context, { sermonId, mediaRevision, folder })
    const written = await runStep(work, { name: 'listen', result: writtenSchema }, async () => {
      const pauses = await findPauses(context, work, sound)
      const recording = { sermonId, mediaRevision, ...pauses }
      return toStoredTranscript(await hearRecording(context, transcriber, recording, sound))
    })
    const stored = await storeTranscript(context, work, written)
    if (!stored) return { transcript: 'superseded' as const }
    // Outside the step: a replay that skips the step must still mark the facet as ready.
    // It is not running any more when the recording was refused in the meantime.
    await setFacet(db, {
      sermonId,
      facet: 'transcript',
      status: 'ready',
      mediaRevision,
      onlyWhile: 'running',
    })
    return { transcript: 'ready' as const }
  })
}
