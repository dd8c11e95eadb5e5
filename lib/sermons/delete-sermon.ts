import { and, asc, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { cancelSermonWork } from '#lib/sermons/cancel-sermon-work.ts'

/** How long a sermon stays in the trash before it is deleted. */
export const TRASH_DAYS = 30
const DAY_MS = 24 * 60 * 60 * 1000
const OBJECTS_PER_EVENT = 200
const DELETED_PER_PASS = 50

/**
 * Deletes a sermon of the trash permanently: its rows immediately, and all of its stored files by a job. Throws
 * `not_found` when it is not in the church's trash.
 */
export async function deleteTrashedSermon(
  { db }: { db: Database },
  { sermonId, churchId, actorId }: { sermonId: string; churchId: string; actorId: string | null },
): Promise<void> {
  await db.transaction(async (tx) => {
    const [sermon] = await tx
      .select({ title: sermons.title })
      .from(sermons)
      .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId), isNotNull(sermons.trashedAt)))
      .for('update')
    if (!sermon) {
      throw new AppError(
        'not_found',
        'This sermon is not in the trash. It may have been restored or deleted.',
      )
    }
    await deleteRows(tx, { sermonId, churchId, actorId, title: sermon.title })
  })
}

/** Deletes the sermons that have been in the trash for `TRASH_DAYS`, at most 50 at a time. Returns how many. */
export async function deleteExpiredSermons({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  const expired = and(
    isNotNull(sermons.trashedAt),
    lt(sermons.trashedAt, new Date(now().getTime() - TRASH_DAYS * DAY_MS)),
  )
  const due = await db
    .select({ id: sermons.id })
    .from(sermons)
    .where(expired)
    .orderBy(asc(sermons.trashedAt))
    .limit(DELETED_PER_PASS)
  let deleted = 0
  for (const { id } of due) {
    deleted += await db.transaction(async (tx) => {
      // It may have been restored since.
      const [sermon] = await tx
        .select({ churchId: sermons.churchId, title: sermons.title })
        .from(sermons)
        .where(and(eq(sermons.id, id), expired))
        .for('update')
      if (!sermon) return 0
      await deleteRows(tx, { sermonId: id, actorId: null, ...sermon })
      return 1
    })
  }
  return deleted
}

/** Deletes every sample sermon of a church permanently. Returns how many there were. */
export async function deleteSamples(
  { db }: { db: Database },
  { churchId, actorId }: { churchId: string; actorId: string },
): Promise<number> {
  const samples = await db
    .select({ id: sermons.id, title: sermons.title })
    .from(sermons)
    .where(and(eq(sermons.churchId, churchId), eq(sermons.isSample, true)))
  for (const { id, title } of samples) {
    await db.transaction((tx) => deleteRows(tx, { sermonId: id, churchId, actorId, title }))
  }
  return samples.length
}

async function deleteRows(
  tx: Transaction,
  {
    sermonId,
    churchId,
    actorId,
    title,
  }: { sermonId: string; churchId: string; actorId: string | null; title: string },
): Promise<void> {
  // Named one by one as well, because an upload that is still open has no object yet.
  const objects = await tx
    .select({ bucket: mediaAssets.bucket, path: mediaAssets.path })
    .from(mediaAssets)
    .where(eq(mediaAssets.sermonId, sermonId))
  await tx.delete(sermons).where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId)))
  await cancelSermonWork(tx, { sermonId })
  for (let start = 0; start === 0 || start < objects.length; start += OBJECTS_PER_EVENT) {
    await enqueueEvent(tx, {
      type: 'sermon.removed',
      churchId,
      payload: {
        churchId,
        objects: objects.slice(start, start + OBJECTS_PER_EVENT),
        ...(start === 0 ? { deletedSermonId: sermonId } : {}),
      },
    })
  }
  await tx
    .insert(auditLog)
    .values({ churchId, actorId, action: 'sermon.deleted', subject: sermonId, details: { title } })
}
