import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setFacet } from '#lib/facets/set-facet.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { findSuppliedTranscript, suppliedTranscriptKey } from '#lib/pipeline/find-supplied-transcript.ts'
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
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { detectLanguage } from '#lib/text/detect-language.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { parseTranscriptFile, shiftSchema } from '#lib/transcripts/parse-transcript-file.ts'
import { toStoredTranscript } from '#lib/transcripts/to-stored-transcript.ts'

/**
 * Reads and stores the transcript that a user uploaded for this recording. A text without times gets approximate times,
 * so that it can be read at once, and better ones are requested where there is a recogniser.
 */
export async function readSuppliedTranscript(
  context: PipelineContext,
  payload: TaskPayload<'read-transcript'>,
): Promise<{ transcript: 'ready' | 'superseded' } | Postponed> {
  const { churchId, sermonId } = payload
  return postponeWhenLimited(
    context,
    { churchId, sermonId, facet: 'transcript', mediaRevision: payload.mediaRevision },
    () => readNow(context, payload),
  )
}

async function readNow(
  context: PipelineContext,
  { churchId, sermonId, mediaRevision }: TaskPayload<'read-transcript'>,
): Promise<{ transcript: 'ready' | 'superseded' }> {
  const { services, run } = context
  const { db } = services
  const sermon = await readSermonRow(context, sermonId)
  const supplied = await findSuppliedTranscript({ db }, { sermonId, mediaRevision })
  if (sermon.mediaRevision !== mediaRevision || !supplied) return { transcript: 'superseded' }
  const work = {
    ...sermonWork(context, { churchId, sermonId }, suppliedTranscriptKey(supplied)),
    mediaRevision,
  }
  if (sermon.transcriptStatus !== 'ready') {
    await setFacet(db, { sermonId, facet: 'transcript', status: 'running', mediaRevision })
  }
  return withTemporaryFolder(async (folder) => {
    const sound = soundFetcher(context, { sermonId, mediaRevision, folder })
    const written = await runStep(work, { name: 'read', result: writtenSchema }, async () => {
      const filePath = path.join(folder, 'transcript')
      const { path: objectPath } = supplied
      await downloadToFile(services, {
        bucket: buckets.originals,
        path: objectPath,
        filePath,
        signal: run.signal,
      })
      const bytes = await readFile(filePath)
      const pauses = await findPauses(context, work, sound)
      const shift = shiftSchema.catch('none').parse(supplied.details.shift)
      const parsed = parseTranscriptFile({ bytes, shift, ...pauses })
      const text = parsed.words.map((word) => word.text).join(' ')
      return toStoredTranscript({
        ...parsed,
        language: await detectLanguage(text, { usual: sermon.language }),
      })
    })
    const canBeTimed = written.isApproximate && (await chooseTranscriber(services.env)) !== null
    const stored = await storeTranscript(context, work, written, { canBeTimed })
    if (!stored) return { transcript: 'superseded' as const }
    // Outside the step: a replay that skips the step must still mark the facet as ready.
    await setFacet(db, { sermonId, facet: 'transcript', status: 'ready', mediaRevision })
    return { transcript: 'ready' as const }
  })
}
