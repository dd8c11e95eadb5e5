import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { and, desc, eq, isNotNull, max } from 'drizzle-orm'
import { z } from 'zod'
import { mediaAssets, sermons, speakers, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { runStep } from '#lib/jobs/run-step.ts'
import { measureLoudness } from '#lib/media/measure-loudness.ts'
import {
  originalFetcher,
  type PipelineContext,
  readSermonRow,
  sermonWork,
  throttleProgress,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { waitOutRateLimits } from '#lib/pipeline/wait-out-rate-limits.ts'
import { readMeasuredWaveform } from '#lib/sermons/read-waveform.ts'
import { setFacet } from '#lib/sermons/set-facet.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { parseTranscriptFile } from '#lib/transcripts/parse-transcript-file.ts'
import { toStoredTranscript } from '#lib/transcripts/to-stored-transcript.ts'

const storedSchema = z.object({
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

type Outcome = { transcript: 'ready' | 'waiting' | 'superseded' }

/**
 * Gets the words of a sermon: from the transcript that was supplied for this recording, else by listening
 * to it. Where neither is possible the sermon waits for a transcript, which is no failure.
 */
export async function transcribeSermon(
  context: PipelineContext,
  { churchId, sermonId, mediaRevision }: TaskPayload<'transcribe'>,
): Promise<Outcome> {
  const { services, run } = context
  const { db } = services
  const sermon = await readSermonRow(context, sermonId)
  if (sermon.mediaRevision !== mediaRevision) return { transcript: 'superseded' }
  const supplied = await findSuppliedTranscript()
  const transcriber = supplied
    ? null
    : await chooseTranscriber({
        deepgramApiKey: services.env.DEEPGRAM_API_KEY,
        deepgramBaseUrl: services.env.DEEPGRAM_BASE_URL,
      })
  if (!supplied && !transcriber) {
    await setFacet(db, {
      sermonId,
      facet: 'transcript',
      status: 'waiting',
      mediaRevision,
      error: {
        reason: 'transcript.needed',
        message:
          'This sermon needs a transcript. Upload a VTT, SRT or text file, or set up speech recognition.',
      },
    })
    return { transcript: 'waiting' }
  }
  const work = sermonWork(
    context,
    { churchId, sermonId },
    `transcript/${mediaRevision}/${supplied?.id ?? 'heard'}`,
  )
  if (sermon.transcriptStatus !== 'ready') {
    await setFacet(db, { sermonId, facet: 'transcript', status: 'running', mediaRevision })
  }
  const report = throttleProgress((progress) =>
    setFacet(db, { sermonId, facet: 'transcript', status: 'running', progress, mediaRevision }),
  )

  return withTemporaryFolder(async (folder) => {
    const original = originalFetcher(context, { sermonId, mediaRevision, folder })
    const written = supplied
      ? await runStep(work, { name: 'read', result: storedSchema }, async () =>
          readSupplied(supplied, folder, original),
        )
      : await runStep(work, { name: 'listen', result: storedSchema }, async () => listen(original))
    const storeStep = { name: 'store', result: z.object({ transcriptId: z.uuid(), words: z.number() }) }
    await runStep(work, storeStep, () => store(written))
    // Outside the step: a replay that skips it must still end with the facet ready.
    await setFacet(db, { sermonId, facet: 'transcript', status: 'ready', mediaRevision })
    return { transcript: 'ready' as const }
  })

  async function findSuppliedTranscript() {
    const [asset] = await db
      .select()
      .from(mediaAssets)
      .where(
        and(
          eq(mediaAssets.sermonId, sermonId),
          eq(mediaAssets.kind, 'transcript_upload'),
          eq(mediaAssets.revision, mediaRevision),
          isNotNull(mediaAssets.uploadedAt),
        ),
      )
      .orderBy(desc(mediaAssets.createdAt))
      .limit(1)
    return asset
  }

  /** Length and pauses of the recording: what the media job measured, or measured here when it has not yet. */
  async function pauses(original: () => Promise<string>) {
    return runStep(work, { name: 'find-pauses', result: pausesSchema }, async () => {
      const measured = await readMeasuredWaveform({ db }, { sermonId })
      const { durationMs } = await readSermonRow(context, sermonId)
      if (measured && durationMs !== null) return { durationMs, silences: measured.silences }
      const fresh = await measureLoudness({ filePath: await original(), signal: run.signal })
      return { durationMs: Math.round(fresh.decodedDurationMs), silences: fresh.silences }
    })
  }

  async function readSupplied(
    asset: typeof mediaAssets.$inferSelect,
    folder: string,
    original: () => Promise<string>,
  ) {
    const filePath = path.join(folder, 'transcript')
    await downloadToFile(services, {
      bucket: buckets.originals,
      path: asset.path,
      filePath,
      signal: run.signal,
    })
    const bytes = await readFile(filePath)
    return toStoredTranscript(
      parseTranscriptFile({ bytes, language: sermon.language, ...(await pauses(original)) }),
    )
  }

  async function listen(original: () => Promise<string>) {
    if (!transcriber) throw new AppError('unavailable', 'No speech recognition is set up.')
    const filePath = await original()
    const [speaker] = sermon.speakerId
      ? await db.select({ name: speakers.name }).from(speakers).where(eq(speakers.id, sermon.speakerId))
      : []
    const transcript = await waitOutRateLimits(async () =>
      transcriber.transcribe({
        filePath,
        contentType: 'application/octet-stream',
        language: sermon.language,
        keyterms: speaker ? [speaker.name] : [],
        ...(await pauses(original)),
        signal: run.signal,
        onProgress: report,
      }),
    )
    return toStoredTranscript(transcript)
  }

  async function store(written: z.infer<typeof storedSchema>) {
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
  }
}

/** A UUID that is the same for the same work, so that storing twice stores once. */
function idFromKey(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
