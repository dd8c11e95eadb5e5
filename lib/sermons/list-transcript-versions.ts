import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { profiles, transcriptSources, transcripts } from '#lib/db/schema.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

export const transcriptVersionSchema = z.object({
  revision: z.int(),
  source: z.enum(transcriptSources),
  draft: z.boolean(),
  reviewed: z.boolean(),
  editedBy: z.string().nullable().describe('Who corrected it; null for a transcript as it arrived.'),
  createdAt: z.string(),
})

export type TranscriptVersion = z.infer<typeof transcriptVersionSchema>

/** The versions of the transcript of a sermon's current recording, newest first. Only its church may see them. */
export async function listTranscriptVersions(
  { db }: { db: Database },
  { sermonId }: { sermonId: string },
): Promise<TranscriptVersion[]> {
  const rows = await db
    .select({
      revision: transcripts.revision,
      source: transcripts.source,
      draft: transcripts.isDraft,
      reviewed: transcripts.isReviewed,
      editedBy: profiles.displayName,
      createdAt: transcripts.createdAt,
    })
    .from(transcripts)
    .leftJoin(profiles, eq(profiles.id, transcripts.editedBy))
    .where(and(eq(transcripts.sermonId, sermonId), ofCurrentRecording))
    .orderBy(desc(transcripts.revision))
    .limit(100)
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}
