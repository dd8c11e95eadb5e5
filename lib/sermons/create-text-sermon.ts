import { randomUUID } from 'node:crypto'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { freeSlug } from '#lib/sermons/create-sermon.ts'
import {
  findOrCreateSeries,
  findOrCreateSpeaker,
  lockNames,
  setTopics,
} from '#lib/sermons/find-or-create-names.ts'
import { publishedFirst } from '#lib/sermons/publish-sermon.ts'
import { readChurchLanguage } from '#lib/sermons/read-church-language.ts'
import type { NewTextSermon } from '#lib/sermons/sermon-input.ts'
import { detectLanguage } from '#lib/text/detect-language.ts'
import { parsePlainText } from '#lib/transcripts/parse-plain-text.ts'
import { segmentSentences } from '#lib/transcripts/segment-sentences.ts'
import { toStoredTranscript } from '#lib/transcripts/to-stored-transcript.ts'

/** A calm reading pace; the times of a text without a recording only preserve the order of its words. */
const MS_PER_WORD = 400

/**
 * Creates a sermon from its text alone, in the language of the text unless one is given. It can be read immediately; an
 * event in the same transaction requests its indexing. Throws AppError transcript.empty or transcript.too_long when the text cannot be used.
 */
export async function createTextSermon(
  { db }: { db: Database },
  input: NewTextSermon & { churchId: string; createdBy: string | null },
): Promise<{ sermonId: string }> {
  const { churchId, title, text } = input
  const language =
    input.language ?? (await detectLanguage(text, { usual: await readChurchLanguage(db, input) }))
  const { words, paragraphs } = parsePlainText(text, {
    durationMs: text.split(/\s+/).length * MS_PER_WORD,
    silences: [],
  })
  const transcript = toStoredTranscript({
    source: 'upload',
    language,
    isDraft: false,
    timing: 'approximate',
    words,
    sentences: segmentSentences(words),
    paragraphs,
  })
  const sermonId = randomUUID()
  await db.transaction(async (tx) => {
    await lockNames(tx, { churchId })
    await tx.insert(sermons).values({
      id: sermonId,
      churchId,
      slug: await freeSlug(tx, title),
      title,
      description: input.description ?? '',
      scripture: input.scripture ?? '',
      speakerId: await findOrCreateSpeaker(tx, { churchId, name: input.speaker ?? '' }),
      seriesId: await findOrCreateSeries(tx, { churchId, title: input.series ?? '' }),
      preachedOn: input.preachedOn ?? null,
      language,
      ...(input.publish ? publishedFirst(new Date()) : {}),
      isTextOnly: true,
      transcriptStatus: 'ready',
      transcriptRevision: 1,
      indexStatus: 'pending',
      createdBy: input.createdBy,
    })
    await setTopics(tx, { churchId, sermonId, names: input.topics ?? [] })
    await tx.insert(transcripts).values({ churchId, sermonId, revision: 1, mediaRevision: 0, ...transcript })
    await enqueueEvent(tx, { type: 'sermon.reindex', churchId, sermonId, payload: { churchId, sermonId } })
  })
  return { sermonId }
}
