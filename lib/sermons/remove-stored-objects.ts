import { createHash } from 'node:crypto'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { postponeEvent } from '#lib/events/postpone-event.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { removeObjects } from '#lib/storage/remove-objects.ts'

/**
 * Removes objects from the buckets of Selah; an object that is already gone is not an error. While storage
 * answers "too many requests" the work is postponed.
 */
export async function removeStoredObjects(
  { db, storage }: { db: Database; storage: StorageConnection },
  payload: TaskPayload<'remove-objects'>,
): Promise<{ removed: number } | { postponed: true }> {
  const { churchId, objects } = payload
  try {
    for (const bucket of Object.values(buckets)) {
      const paths = objects.filter((object) => object.bucket === bucket).map(({ path }) => path)
      if (paths.length > 0) await removeObjects({ storage }, { bucket, paths })
    }
    return { removed: objects.length }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
    const digest = createHash('sha256').update(JSON.stringify(objects)).digest('hex')
    const { retryAfterMs } = error
    const key = `remove/${digest}`
    await postponeEvent(db, { key, type: 'sermon.removed', churchId, payload, retryAfterMs })
    return { postponed: true }
  }
}
