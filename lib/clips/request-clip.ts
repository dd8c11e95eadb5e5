import { and, count, eq, inArray } from 'drizzle-orm'
import { lacksLetters } from '#lib/artwork/text-outline.ts'
import { MAX_CLIP_MS } from '#lib/clips/clip-span.ts'
import type { ClipRow } from '#lib/clips/is-current-clip.ts'
import { readPassage } from '#lib/clips/read-passage.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, type ClipShape, churches, clips } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import type { TimeSpan } from '#lib/sermons/choose-excerpt.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'

/** How many clips of a church are kept, about 700 MB. A shared one is never removed to make room. */
export const MAX_CLIPS = 200
/** How many wait at once: each is up to half a minute of a processor. */
export const MAX_WAITING_CLIPS = 5

/**
 * Requests a clip of the sentences that begin within a span. The same passage in the same shape is rendered once: the
 * clip that is there is returned, and rendered again where it failed. Throws `unprocessable` for a passage that cannot
 * become a clip, `conflict` when the church has too many, and `rate_limited` when too many wait.
 */
export async function requestClip(
  { db }: { db: Database },
  input: { sermonId: string; churchId: string; actorId: string; span: TimeSpan; shape: ClipShape },
): Promise<ClipRow> {
  const { sermonId, churchId, actorId, shape } = input
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  if (sermon.isTextOnly || sermon.facets.media.status !== 'ready') {
    throw new AppError('conflict', 'This sermon has no audio yet. Make the clip when it can be played.', {
      reason: 'clip.not_playable',
    })
  }
  const passage = await readPassage({ db }, { sermonId, span: input.span })
  if (!passage) {
    throw new AppError('not_found', 'No sentence begins at this time. Choose it in the transcript again.')
  }
  const { startMs, endMs, text } = passage.excerpt
  if (endMs - startMs > MAX_CLIP_MS) {
    throw new AppError('unprocessable', 'A clip has at most 60 seconds. Choose fewer sentences.', {
      reason: 'clip.too_long',
    })
  }
  if (shape !== 'audio' && lacksLetters(text)) {
    throw new AppError(
      'unprocessable',
      'Videos have no letters for this script yet. Make a clip of the audio alone.',
      { reason: 'clip.no_letters' },
    )
  }
  const { wordsHash, transcriptRevision } = passage
  const { mediaRevision } = sermon
  return db.transaction(async (tx) => {
    // One request of a church at a time, so that its limits hold.
    await tx.select({ id: churches.id }).from(churches).where(eq(churches.id, churchId)).for('update')
    const [known] = await tx
      .select()
      .from(clips)
      .where(
        and(
          ...[eq(clips.sermonId, sermonId), eq(clips.mediaRevision, mediaRevision), eq(clips.shape, shape)],
          ...[eq(clips.startMs, startMs), eq(clips.endMs, endMs), eq(clips.wordsHash, wordsHash)],
        ),
      )
    if (known && known.status !== 'failed') return known
    const [kept] = await tx.select({ count: count() }).from(clips).where(eq(clips.churchId, churchId))
    if (!known && (kept?.count ?? 0) >= MAX_CLIPS) {
      throw new AppError('conflict', `A church keeps ${MAX_CLIPS} clips. Delete one that is not needed.`, {
        reason: 'clip.too_many',
      })
    }
    const [waiting] = await tx
      .select({ count: count() })
      .from(clips)
      .where(and(eq(clips.churchId, churchId), inArray(clips.status, ['pending', 'running'])))
    if ((waiting?.count ?? 0) >= MAX_WAITING_CLIPS) {
      throw new AppError('rate_limited', 'Other clips are still being made. Wait until one is ready.', {
        reason: 'clip.too_many_waiting',
        retryAfterMs: 30_000,
      })
    }
    const [clip] = known
      ? [known]
      : await tx
          .insert(clips)
          .values({
            ...{ churchId, sermonId, shape, startMs, endMs, text, mediaRevision },
            ...{ wordsHash, transcriptRevision, createdBy: actorId },
          })
          .returning()
    if (!clip) throw new Error('the clip was not stored')
    const eventId = await enqueueEvent(tx, {
      type: 'sermon.clip-requested',
      churchId,
      sermonId,
      payload: { churchId, sermonId, mediaRevision, clipId: clip.id },
    })
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'clip.requested',
      subject: clip.id,
      details: { sermonId, shape, startMs, endMs },
    })
    const [requested] = await tx
      .update(clips)
      .set({ status: 'pending', progress: 0, error: null, eventId, outdatedAt: null })
      .where(eq(clips.id, clip.id))
      .returning()
    return requested ?? clip
  })
}
