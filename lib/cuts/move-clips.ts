import { and, eq } from 'drizzle-orm'
import { readPassage } from '#lib/clips/read-passage.ts'
import type { Transaction } from '#lib/db/connect-database.ts'
import { clips, mediaAssets } from '#lib/db/schema.ts'

/**
 * Gives the clips of one recording of a sermon to the current one, whose times are `byMs` later, where it has the same
 * words: people have shared their addresses. The words of the current recording are stored before.
 */
export async function moveClips(
  tx: Transaction,
  { sermonId, from, to, byMs }: { sermonId: string; from: number; to: number; byMs: number },
): Promise<void> {
  const ready = await tx
    .select()
    .from(clips)
    .where(and(eq(clips.sermonId, sermonId), eq(clips.mediaRevision, from), eq(clips.status, 'ready')))
  for (const { id, startMs, endMs, shape, wordsHash } of ready) {
    const span = { startMs: startMs + byMs, endMs: endMs + byMs }
    const passage = await readPassage({ db: tx }, { sermonId, span })
    if (passage?.wordsHash !== wordsHash) continue
    const place = { startMs: passage.excerpt.startMs, endMs: passage.excerpt.endMs }
    const [known] = await tx
      .select({ id: clips.id })
      .from(clips)
      .where(
        and(
          ...[eq(clips.sermonId, sermonId), eq(clips.mediaRevision, to), eq(clips.shape, shape)],
          ...[eq(clips.startMs, place.startMs), eq(clips.endMs, place.endMs), eq(clips.wordsHash, wordsHash)],
        ),
      )
    // The same clip was made of the current recording too.
    if (known) continue
    const { transcriptRevision } = passage
    await tx
      .update(clips)
      .set({ ...place, mediaRevision: to, transcriptRevision, outdatedAt: null })
      .where(eq(clips.id, id))
    await tx
      .update(mediaAssets)
      .set({ revision: to })
      .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'clip'), eq(mediaAssets.name, id)))
  }
}
