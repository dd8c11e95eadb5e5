import { eq } from 'drizzle-orm'
import { readPassage } from '#lib/clips/read-passage.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { clips } from '#lib/db/schema.ts'

export type ClipRow = typeof clips.$inferSelect

/**
 * Whether a clip still has the present recording and the present words of its passage. A correction of another place of
 * the transcript does not change it.
 */
export async function isCurrentClip(
  { db }: { db: Database },
  clip: ClipRow,
  sermon: { mediaRevision: number; transcriptRevision: number },
): Promise<boolean> {
  if (clip.mediaRevision !== sermon.mediaRevision) return false
  // The words were compared with this revision before; reading a whole transcript for each request is slow.
  if (clip.transcriptRevision === sermon.transcriptRevision) return true
  const { sermonId, startMs, endMs } = clip
  const passage = await readPassage({ db }, { sermonId, span: { startMs, endMs } })
  if (passage?.wordsHash !== clip.wordsHash) return false
  await db.update(clips).set({ transcriptRevision: sermon.transcriptRevision }).where(eq(clips.id, clip.id))
  return true
}
