import { and, eq } from 'drizzle-orm'
import type { Actor } from '#lib/auth/actor.ts'
import { findVisibleClip } from '#lib/clips/find-clip.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { BucketName } from '#lib/storage/ensure-buckets.ts'

/** The stored file of a ready clip that the actor may see, and a name to save it under. Throws `not_found`. */
export async function readClipFile(
  { db }: { db: Database },
  { id, actor }: { id: string; actor: Actor | null },
): Promise<{ bucket: BucketName; path: string; fileName: string }> {
  const { clip, sermon, isCurrent } = await findVisibleClip({ db }, { id, actor })
  const [file] = await db
    .select({ bucket: mediaAssets.bucket, path: mediaAssets.path })
    .from(mediaAssets)
    .where(
      and(
        ...[eq(mediaAssets.sermonId, clip.sermonId), eq(mediaAssets.kind, 'clip')],
        ...[eq(mediaAssets.name, clip.id), eq(mediaAssets.revision, clip.mediaRevision)],
      ),
    )
  // Nobody may pass on words that were corrected, not even the team.
  if (!file || !isCurrent || clip.status !== 'ready') {
    throw new AppError('not_found', 'This clip is not ready, or its sermon has changed since it was made.')
  }
  const extension = clip.shape === 'audio' ? 'm4a' : 'mp4'
  return { ...file, fileName: `${sermon.slug}-${Math.floor(clip.startMs / 1000)}.${extension}` }
}
