import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets } from '#lib/db/schema.ts'

/** The newest transcript that a person gave for this recording, if there is one. */
export async function findSuppliedTranscript(
  { db }: { db: Database },
  { sermonId, mediaRevision }: { sermonId: string; mediaRevision: number },
): Promise<typeof mediaAssets.$inferSelect | undefined> {
  const [asset] = await db
    .select()
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'transcript_upload'),
        eq(mediaAssets.revision, mediaRevision),
        isNotNull(mediaAssets.uploadedAt),
      ),
    )
    .orderBy(desc(mediaAssets.createdAt))
    .limit(1)
  return asset
}

/** What the steps that read this transcript are stored under, after the sermon's id. */
export function suppliedTranscriptKey(asset: { id: string; revision: number }): string {
  return `transcript/${asset.revision}/${asset.id}`
}
