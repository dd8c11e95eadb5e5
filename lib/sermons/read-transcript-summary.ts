import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { transcripts } from '#lib/db/schema.ts'
import type { SermonTranscriptView } from '#lib/sermons/sermon.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

const OPENING_WORDS = 45

export type TranscriptSummary = Pick<SermonTranscriptView, 'source' | 'isDraft' | 'isApproximate'> & {
  wordCount: number
  /** The first words, as they are read. */
  opening: string
  /** A person corrected or reviewed it. */
  isTouched: boolean
  /** Captions that repeat themselves over silence: not shown and not searched. */
  leftOut: { count: number; example: string } | null
  createdAt: string
}

/**
 * A summary of the current transcript for the dashboard, without reading all of its words; null when there is
 * none.
 */
export async function readTranscriptSummary(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<TranscriptSummary | null> {
  const [row] = await db
    .select({
      source: transcripts.source,
      isDraft: transcripts.isDraft,
      isApproximate: transcripts.isApproximate,
      createdAt: transcripts.createdAt,
      leftOut: transcripts.leftOut,
      isTouched: sql<boolean>`(${transcripts.editedBy} is not null or ${transcripts.isReviewed})`,
      wordCount: sql<number>`jsonb_array_length(${transcripts.words})`,
      opening: sql<string>`(
        select coalesce(string_agg(word.value ->> 0, ' ' order by word.ordinality), '')
        from jsonb_array_elements(${transcripts.words}) with ordinality as word
        where word.ordinality <= ${OPENING_WORDS})`,
    })
    .from(transcripts)
    .where(and(eq(transcripts.sermonId, sermonId), ofCurrentRecording))
    .orderBy(desc(transcripts.revision))
    .limit(1)
  if (!row) return null
  const [first] = row.leftOut ?? []
  return {
    ...row,
    leftOut: row.leftOut && first ? { count: row.leftOut.length, example: first.text } : null,
    createdAt: row.createdAt.toISOString(),
  }
}
