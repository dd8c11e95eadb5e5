import { createHash } from 'node:crypto'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { postponeEvent } from '#lib/events/postpone-event.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { listObjects } from '#lib/storage/list-objects.ts'
import { removeObjects } from '#lib/storage/remove-objects.ts'

/** A request that a cancelled run had sent may still arrive within this time. */
const RUN_QUIET_MS = 60_000

/**
 * Removes objects from the buckets of Selah, and with `deletedSermonId` every object of that sermon, whether or
 * not it was recorded. An object that does not exist is not an error. The work is postponed while storage answers
 * "too many requests", and repeated after the last run of the deleted sermon has ended: a run may store files
 * until it is cancelled.
 */
export async function removeStoredObjects(
  { db, storage, now = () => new Date() }: { db: Database; storage: StorageConnection; now?: () => Date },
  payload: TaskPayload<'remove-objects'>,
): Promise<{ removed: number } | { postponed: true }> {
  const { churchId, objects, deletedSermonId } = payload
  try {
    let removed = objects.length
    for (const bucket of Object.values(buckets)) {
      const paths = objects.filter((object) => object.bucket === bucket).map(({ path }) => path)
      if (paths.length > 0) await removeObjects({ storage }, { bucket, paths })
      if (!deletedSermonId) continue
      const rest = await listObjects({ storage }, { bucket, folder: `${churchId}/${deletedSermonId}` })
      await removeObjects({ storage }, { bucket, paths: rest.map(({ path }) => path) })
      removed += rest.length
    }
    if (!deletedSermonId || !(await mayStillStore({ db, now }, deletedSermonId))) return { removed }
    await postpone(undefined)
    return { postponed: true }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
    await postpone(error.retryAfterMs)
    return { postponed: true }
  }

  async function postpone(retryAfterMs: number | undefined): Promise<void> {
    const digest = createHash('sha256')
      .update(JSON.stringify([objects, deletedSermonId]))
      .digest('hex')
    await postponeEvent(db, {
      key: `remove/${digest}`,
      type: 'sermon.removed',
      churchId,
      payload,
      retryAfterMs,
    })
  }
}

async function mayStillStore(
  { db, now }: { db: Database; now: () => Date },
  sermonId: string,
): Promise<boolean> {
  const [run] = await db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.sermonId, sermonId),
        or(isNull(runs.finishedAt), gt(runs.finishedAt, new Date(now().getTime() - RUN_QUIET_MS))),
      ),
    )
    .limit(1)
  return run !== undefined
}
