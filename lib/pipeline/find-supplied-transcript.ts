import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets } from '#lib/db/schema.ts'

/** The newest transcript that a user uploaded for this recording, if any. */
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

/** The part of the work key after the sermon id, for the steps that read this transcript. */
export function suppliedTranscriptKey(asset: { id: string; revision: number }): string {
  return `transcript/${asset.revision}/${asset.id}`
}
