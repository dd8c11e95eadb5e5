import { and, desc, eq, ne } from 'drizzle-orm'
import { transcripts } from '#lib/db/schema.ts'
import { type HeardRecording, hearRecording } from '#lib/pipeline/hear-recording.ts'
import type { PipelineContext } from '#lib/pipeline/pipeline-context.ts'
import { alignToDraft } from '#lib/transcripts/align-to-draft.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { segmentSentences } from '#lib/transcripts/segment-sentences.ts'
import { TranscriberError } from '#lib/transcripts/transcriber-error.ts'
import type { Transcript, Word } from '#lib/transcripts/transcript.ts'

/**
 * Times the words of a text that has none by what a recogniser hears in the recording. The text is returned as it is,
 * with approximate times, where no recogniser is there or too few words agree. Throws TranscriberError for failures
 * after which a later attempt may succeed.
 */
export async function alignSuppliedText(
  context: PipelineContext,
  transcript: Transcript,
  recording: HeardRecording,
  original: () => Promise<string>,
): Promise<Transcript> {
  if (transcript.timing !== 'approximate') return transcript
  const draft = (await findHeard(context, recording)) ?? (await hear(context, recording, original))
  const texts = transcript.words.map(({ text }) => text)
  const aligned = draft && alignToDraft(texts, draft, recording)
  if (!aligned) return transcript
  const { words } = aligned
  return { ...transcript, timing: 'words', words, sentences: segmentSentences(words) }
}

/** The words of an earlier transcript that was heard in the same recording. */
async function findHeard(
  { services: { db } }: PipelineContext,
  { sermonId, mediaRevision }: HeardRecording,
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
  context: PipelineContext,
  recording: HeardRecording,
  original: () => Promise<string>,
): Promise<Word[] | null> {
  const { env } = context.services
  const transcriber = await chooseTranscriber(env)
  if (!transcriber) return null
  try {
    return (await hearRecording(context, transcriber, recording, original)).words
  } catch (error) {
    // The text can be read without exact times.
    if (error instanceof TranscriberError && !error.retryable) return null
    throw error
  }
}
