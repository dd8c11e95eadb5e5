import { and, desc, eq, not, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { recordingCuts, sermons, type TranscriptSource, transcripts } from '#lib/db/schema.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

export type EarlierTranscript = { revision: number; source: TranscriptSource; createdAt: string }

/** The words of the whole recording of which a part is published: they belong to no earlier recording. */
const isPublishedInPart = sql`exists (
  select 1 from ${recordingCuts} cut join ${sermons} on ${sermons.id} = cut.sermon_id
    and ${sermons.mediaRevision} = cut.media_revision
  where cut.sermon_id = ${transcripts.sermonId} and cut.base_revision = ${transcripts.mediaRevision})`

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
    .where(and(eq(transcripts.sermonId, sermonId), not(ofCurrentRecording), not(isPublishedInPart)))
    .orderBy(desc(transcripts.revision))
    .limit(50)
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}
