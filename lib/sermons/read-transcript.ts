import { desc, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { transcripts } from '#lib/db/schema.ts'
import type { SermonTranscriptView } from '#lib/sermons/sermon.ts'

/** The current transcript of a sermon, or null when it has none. Word times are in milliseconds. */
export async function readTranscript(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<SermonTranscriptView | null> {
  const [row] = await db
    .select({
      id: transcripts.id,
      source: transcripts.source,
      isDraft: transcripts.isDraft,
      isApproximate: transcripts.isApproximate,
      words: transcripts.words,
      sentences: transcripts.sentences,
    })
    .from(transcripts)
    .where(eq(transcripts.sermonId, sermonId))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  return row ?? null
}
