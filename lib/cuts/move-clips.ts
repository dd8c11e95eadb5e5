import { and, eq, gte, inArray, lte, sql } from 'drizzle-orm'
import type { Transaction } from '#lib/db/connect-database.ts'
import { clips, mediaAssets } from '#lib/db/schema.ts'

/**
 * Gives the clips of one recording of a sermon to another one, whose times are `byMs` later: people have shared their
 * addresses. Clips that are not inside the other recording stay with theirs. Whether the words are the same is compared
 * when a clip is read, as after every change of them.
 */
export async function moveClips(
  tx: Transaction,
  {
    sermonId,
    from,
    to,
    byMs,
    durationMs,
  }: { sermonId: string; from: number; to: number; byMs: number; durationMs: number },
): Promise<void> {
  const startMs = sql<number>`${clips.startMs} + ${byMs}::int`
  const endMs = sql<number>`${clips.endMs} + ${byMs}::int`
  // It may have been made of the other recording too.
  const isThere = sql`exists (select 1 from ${clips} other where other.sermon_id = ${clips.sermonId}
    and other.media_revision = ${to} and other.shape = ${clips.shape} and other.words_hash = ${clips.wordsHash}
    and other.start_ms = ${startMs} and other.end_ms = ${endMs})`
  const moved = await tx
    .update(clips)
    .set({ mediaRevision: to, startMs, endMs, outdatedAt: null })
    .where(
      and(
        ...[eq(clips.sermonId, sermonId), eq(clips.mediaRevision, from), eq(clips.status, 'ready')],
        ...[gte(startMs, 0), lte(endMs, durationMs), sql`not ${isThere}`],
      ),
    )
    .returning({ id: clips.id })
  if (moved.length === 0) return
  const ids = moved.map(({ id }) => id)
  await tx
    .update(mediaAssets)
    .set({ revision: to })
    .where(
      and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'clip'), inArray(mediaAssets.name, ids)),
    )
}
