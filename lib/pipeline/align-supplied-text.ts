import { and, desc, eq, ne } from 'drizzle-orm'
import { transcripts } from '#lib/db/schema.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { type PipelineContext, throttleProgress } from '#lib/pipeline/pipeline-context.ts'
import { alignToDraft } from '#lib/transcripts/align-to-draft.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { segmentSentences } from '#lib/transcripts/segment-sentences.ts'
import { TranscriberError } from '#lib/transcripts/transcriber-error.ts'
import type { Transcript, Word } from '#lib/transcripts/transcript.ts'

type Recording = {
  sermonId: string
  mediaRevision: number
  durationMs: number
  silences: readonly { startMs: number; endMs: number }[]
}

/**
 * Times the words of a text that has none by what a recogniser hears in the recording. The text is returned as it is,
 * with approximate times, where no recogniser is there or too few words agree. Throws TranscriberError for failures
 * after which a later attempt may succeed.
 */
export async function alignSuppliedText(
  context: PipelineContext,
  transcript: Transcript,
  recording: Recording,
  original: () => Promise<string>,
): Promise<Transcript> {
  if (transcript.timing !== 'approximate') return transcript
  const draft =
    (await findHeard(context, recording)) ?? (await hear(context, transcript, recording, original))
  const texts = transcript.words.map(({ text }) => text)
  const aligned = draft && alignToDraft(texts, draft, recording)
  if (!aligned) return transcript
  const { words } = aligned
  return { ...transcript, timing: 'words', words, sentences: segmentSentences(words) }
}

/** The words of an earlier transcript that was heard in the same recording. */
async function findHeard(
  { services: { db } }: PipelineContext,
  { sermonId, mediaRevision }: Recording,
): Promise<Word[] | null> {
  const [heard] = await db
    .select()
    .from(transcripts)
    .where(
      and(
        eq(transcripts.sermonId, sermonId),
        eq(transcripts.mediaRevision, mediaRevision),
        ne(transcripts.source, 'upload'),
      ),
    )
    .orderBy(desc(transcripts.revision))
    .limit(1)
  return heard ? fromStoredTranscript(heard).words : null
}

async function hear(
  { services, run }: PipelineContext,
  { language }: Transcript,
  { sermonId, mediaRevision, durationMs, silences }: Recording,
  original: () => Promise<string>,
): Promise<Word[] | null> {
  const { db, env } = services
  const transcriber = await chooseTranscriber({
    deepgramApiKey: env.DEEPGRAM_API_KEY,
    deepgramBaseUrl: env.DEEPGRAM_BASE_URL,
  })
  if (!transcriber) return null
  try {
    const heard = await transcriber.transcribe({
      filePath: await original(),
      contentType: 'application/octet-stream',
      language,
      durationMs,
      silences,
      signal: run.signal,
      onProgress: throttleProgress((progress) =>
        setFacet(db, {
          sermonId,
          facet: 'transcript',
          status: 'running',
          progress,
          mediaRevision,
          onlyWhile: 'running',
        }),
      ),
    })
    return heard.words
  } catch (error) {
    // The text can be read without exact times.
    if (error instanceof TranscriberError && !error.retryable) return null
    throw error
  }
}
