import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { type cutInputSchema, SHORTEST_PART_MS } from '#lib/cuts/cut-input.ts'
import { findCut, findUnpublishedCuts, nextRecordingNumber } from '#lib/cuts/find-cut.ts'
import { discardCut, showWhole } from '#lib/cuts/move-recording.ts'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, recordingCuts, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'

type Wanted = { sermonId: string; churchId: string; actorId: string | null }

/**
 * Requests that only a part of the uploaded recording is published. What is published now stays until the part is
 * ready. A request before it that is not finished is replaced. Throws `unprocessable` for times outside the recording,
 * `conflict` where nothing can be played yet or the uploaded file is missing, and `not_found`.
 */
export async function requestCut(
  { db }: { db: Database },
  { sermonId, churchId, actorId }: Wanted,
  { startMs, endMs }: z.infer<typeof cutInputSchema>,
): Promise<void> {
  await db.transaction(async (tx) => {
    const sermon = await lockSermon(tx, { sermonId, churchId })
    if (sermon.mediaStatus !== 'ready' || sermon.durationMs === null) {
      throw new AppError('conflict', 'A part can be chosen as soon as the recording can be played.', {
        reason: 'cut.not_playable',
      })
    }
    const current = await findCut({ db: tx }, { sermonId, mediaRevision: sermon.mediaRevision })
    const base = current
      ? { baseRevision: current.baseRevision, baseDurationMs: current.baseDurationMs }
      : { baseRevision: sermon.mediaRevision, baseDurationMs: sermon.durationMs }
    requirePart({ startMs, endMs }, base.baseDurationMs)
    await requireOriginal(tx, { sermonId, revision: base.baseRevision })
    for (const cut of await findUnpublishedCuts({ db: tx }, { sermonId })) await discardCut(tx, cut)
    if (current?.startMs === startMs && current.endMs === endMs) return
    const mediaRevision = await nextRecordingNumber(tx, { sermonId })
    const [cut] = await tx
      .insert(recordingCuts)
      .values({ churchId, sermonId, mediaRevision, ...base, startMs, endMs })
      .returning({ id: recordingCuts.id })
    if (!cut) throw new Error('The cut was not stored')
    await enqueueEvent(tx, {
      type: 'sermon.cut-requested',
      churchId,
      sermonId,
      payload: { churchId, sermonId, cutId: cut.id },
    })
    await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
    const details = { startMs, endMs }
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'recording.cut', subject: sermonId, details })
  })
}

/**
 * Publishes the whole recording again, at once, and discards a part that is being made. Corrections that were made in
 * the part are kept. Changes nothing where the whole recording is published. Throws `not_found`.
 */
export async function undoCut(
  { db }: { db: Database },
  { sermonId, churchId, actorId }: Wanted,
): Promise<void> {
  await db.transaction(async (tx) => {
    const sermon = await lockSermon(tx, { sermonId, churchId })
    const unpublished = await findUnpublishedCuts({ db: tx }, { sermonId })
    for (const cut of unpublished) await discardCut(tx, cut)
    const current = await findCut({ db: tx }, { sermonId, mediaRevision: sermon.mediaRevision })
    if (current) await showWhole(tx, current)
    if (!current && unpublished.length === 0) return
    await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
    await tx
      .insert(auditLog)
      .values({ churchId, actorId, action: 'recording.uncut', subject: sermonId, details: {} })
  })
}

async function lockSermon(tx: Transaction, { sermonId, churchId }: { sermonId: string; churchId: string }) {
  const [sermon] = await tx
    .select()
    .from(sermons)
    .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId), isNull(sermons.trashedAt)))
    .for('update')
  if (!sermon) throw new AppError('not_found', 'There is no such sermon.')
  return sermon
}

function requirePart({ startMs, endMs }: { startMs: number; endMs: number }, durationMs: number): void {
  if (endMs > durationMs) {
    throw new AppError('unprocessable', 'The end is after the end of the recording.', {
      reason: 'cut.outside',
    })
  }
  if (endMs - startMs < SHORTEST_PART_MS) {
    throw new AppError('unprocessable', 'The end must be at least a second after the start.', {
      reason: 'cut.too_short',
    })
  }
  if (startMs === 0 && endMs === durationMs) {
    throw new AppError(
      'unprocessable',
      'This is the whole recording. Choose a later start or an earlier end.',
      {
        reason: 'cut.whole',
      },
    )
  }
}

async function requireOriginal(
  tx: Transaction,
  { sermonId, revision }: { sermonId: string; revision: number },
): Promise<void> {
  const [original] = await tx
    .select({ id: mediaAssets.id })
    .from(mediaAssets)
    .where(
      and(
        eq(mediaAssets.sermonId, sermonId),
        eq(mediaAssets.kind, 'original'),
        eq(mediaAssets.revision, revision),
        isNotNull(mediaAssets.uploadedAt),
      ),
    )
  if (original) return
  throw new AppError(
    'conflict',
    'The uploaded file of this recording is no longer there, so no part can be made of it. Upload it again.',
    { reason: 'cut.no_original' },
  )
}
