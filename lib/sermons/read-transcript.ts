import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { transcripts } from '#lib/db/schema.ts'
import type { SermonTranscriptView } from '#lib/sermons/sermon.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

/**
 * The transcript of a sermon's current recording, or null when it has none. With `revision` that one, even of
 * an earlier recording. Word times are in milliseconds.
 */
export async function readTranscript(
  { db }: { db: Database },
  { sermonId, revision }: { sermonId: string; revision?: number | undefined },
): Promise<SermonTranscriptView | null> {
  const row = await readTranscriptRow({ db }, { sermonId, revision })
  if (!row) return null
  const { id, source, isDraft, isApproximate, words, sentences, paragraphStarts, speakerTurns } = row
  return { id, source, isDraft, isApproximate, words, sentences, paragraphStarts, speakerTurns }
}

/** The same with everything that is stored about it. */
export async function readTranscriptRow(
  { db }: { db: Database },
  { sermonId, revision }: { sermonId: string; revision?: number | undefined },
): Promise<typeof transcripts.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(transcripts)
    .where(
      and(
        eq(transcripts.sermonId, sermonId),
        revision === undefined ? ofCurrentRecording : eq(transcripts.revision, revision),
      ),
    )
    .orderBy(desc(transcripts.revision))
    .limit(1)
  return row ?? null
}
