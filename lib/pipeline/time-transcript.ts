import { and, desc, eq, isNull, ne } from 'drizzle-orm'
import { z } from 'zod'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { postponeEvent } from '#lib/events/postpone-event.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { type HeardRecording, hearRecording } from '#lib/pipeline/hear-recording.ts'
import {
  type PipelineContext,
  sermonWork,
  soundFetcher,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import type { Postponed } from '#lib/pipeline/postpone-when-limited.ts'
import { findPauses } from '#lib/pipeline/store-transcript.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { storeRevision } from '#lib/sermons/store-revision.ts'
import { alignToDraft } from '#lib/transcripts/align-to-draft.ts'
import { chooseTranscriber } from '#lib/transcripts/choose-transcriber.ts'
import { splitAtParagraphs } from '#lib/transcripts/correct-words.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { retimeWords, type WordTime } from '#lib/transcripts/retime-words.ts'
import { segmentSentences } from '#lib/transcripts/segment-sentences.ts'
import { TranscriberError } from '#lib/transcripts/transcriber-error.ts'
import type { Word } from '#lib/transcripts/transcript.ts'
import { toWordTable } from '#lib/transcripts/word-table.ts'

type Payload = TaskPayload<'time-transcript'>
type Timed = { outcome: 'timed' | 'approximate' | 'superseded' }

const timesResult = z.object({ times: z.array(z.tuple([z.number(), z.number()])).nullable() })

/**
 * Times the words of a text that was supplied without times by what a recogniser hears in the recording, while people
 * read and correct the text with approximate times. Corrections stay: unchanged words get the new times, and the others
 * share the time of those that they replaced. The approximate times stay where too few words agree or the recogniser
 * refuses the recording. While the service is busy the work is postponed. Throws TranscriberError for failures after
 * which a later attempt may succeed.
 */
export async function timeTranscript(context: PipelineContext, payload: Payload): Promise<Timed | Postponed> {
  const { db } = context.services
  const text = await findUntimed({ db }, payload)
  if (!text) return { outcome: 'superseded' }
  const times = await findTimes(context, payload, text).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
    await postponeEvent(db, {
      key: `times/${payload.sermonId}`,
      type: 'sermon.times-missing',
      churchId: payload.churchId,
      sermonId: payload.sermonId,
      payload,
      retryAfterMs: error.retryAfterMs,
    })
    return 'postponed' as const
  })
  if (times === 'postponed') return { postponed: true }
  if (times === null) return { outcome: 'approximate' }
  return { outcome: (await applyTimes(context, payload, times)) ? 'timed' : 'superseded' }
}

/** The text as it arrived; null when another recording or text has arrived since, or the text is timed already. */
async function findUntimed(
  { db }: { db: DatabaseOrTransaction },
  { sermonId, mediaRevision, transcriptId }: Payload,
): Promise<typeof transcripts.$inferSelect | null> {
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  if (!sermon || sermon.trashedAt || sermon.mediaRevision !== mediaRevision) return null
  const ofRecording = and(eq(transcripts.sermonId, sermonId), eq(transcripts.mediaRevision, mediaRevision))
  const newest = (condition = ofRecording) =>
    db.select().from(transcripts).where(condition).orderBy(desc(transcripts.revision)).limit(1)
  const [arrived] = await newest(and(ofRecording, isNull(transcripts.editedBy)))
  const [current] = await newest()
  return arrived?.id === transcriptId && current?.isApproximate ? arrived : null
}

/** The time of each word of the text as it arrived, in a step of its own; null where they cannot be found. */
async function findTimes(
  context: PipelineContext,
  { churchId, sermonId, mediaRevision, transcriptId }: Payload,
  text: typeof transcripts.$inferSelect,
): Promise<WordTime[] | null> {
  const work = {
    ...sermonWork(context, { churchId, sermonId }, `transcript/${mediaRevision}/times/${transcriptId}`),
    mediaRevision,
  }
  return withTemporaryFolder(async (folder) => {
    const sound = soundFetcher(context, { sermonId, mediaRevision, folder })
    const { times } = await runStep(work, { name: 'align', result: timesResult }, async () => {
      const recording = { sermonId, mediaRevision, ...(await findPauses(context, work, sound)) }
      const draft = (await findHeard(context, recording)) ?? (await hear(context, recording, sound))
      const texts = text.words.map(([word]) => word)
      const aligned = draft && alignToDraft(texts, draft, recording)
      return {
        times: aligned ? aligned.words.map(({ startMs, endMs }): [number, number] => [startMs, endMs]) : null,
      }
    })
    return times
  })
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

/** Makes the newest words, with their times, a new revision; false when the text was replaced in the meantime. */
async function applyTimes(
  context: PipelineContext,
  payload: Payload,
  times: readonly WordTime[],
): Promise<boolean> {
  const { sermonId, churchId, mediaRevision } = payload
  return context.services.db.transaction(async (tx) => {
    // The lock orders this with corrections, which lock the row too.
    await tx.select({ id: sermons.id }).from(sermons).where(eq(sermons.id, sermonId)).for('update')
    const arrived = await findUntimed({ db: tx }, payload)
    if (!arrived) return false
    const [current] = await tx
      .select()
      .from(transcripts)
      .where(and(eq(transcripts.sermonId, sermonId), eq(transcripts.mediaRevision, mediaRevision)))
      .orderBy(desc(transcripts.revision))
      .limit(1)
    if (!current) return false
    const places = new Map(toWordTable(arrived).ids.map((id, position) => [id, position]))
    const words = retimeWords(
      current.words,
      // Words that were added since have no place among those that arrived.
      toWordTable(current).ids.map((id) => places.get(id) ?? times.length),
      times,
    )
    // Every correction gives the words ids.
    const isUntouched = current.wordIds === null
    const sentences = isUntouched
      ? splitAtParagraphs(
          segmentSentences(words.map(([text, startMs, endMs]) => ({ text, startMs, endMs }))).map(
            ({ firstWord, lastWord }): [number, number] => [firstWord, lastWord],
          ),
          current.paragraphStarts ?? [],
        )
      : current.sentences
    await storeRevision(
      tx,
      { sermonId, churchId },
      {
        ...current,
        words,
        sentences,
        isApproximate: false,
        createdAt: new Date(),
      },
    )
    return true
  })
}
