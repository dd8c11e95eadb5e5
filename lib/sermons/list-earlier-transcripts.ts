import { and, desc, eq, not } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { type TranscriptSource, transcripts } from '#lib/db/schema.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

export type EarlierTranscript = { revision: number; source: TranscriptSource; createdAt: string }

/** The transcripts of earlier recordings of a sermon, newest first. Only its church may see them. */
export async function listEarlierTranscripts(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<EarlierTranscript[]> {
  const rows = await db
    .select({
      revision: transcripts.revision,
      source: transcripts.source,
      createdAt: transcripts.createdAt,
    })
    .from(transcripts)
    .where(and(eq(transcripts.sermonId, sermonId), not(ofCurrentRecording)))
    .orderBy(desc(transcripts.revision))
    .limit(50)
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}
