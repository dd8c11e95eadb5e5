import type { TaskPayload } from '#lib/jobs/catalog.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { removeObjects } from '#lib/storage/remove-objects.ts'

/** Removes objects from every bucket of ours; those that are gone already are no error. */
export async function removeStoredObjects(
  { storage }: { storage: StorageConnection },
  { objects }: TaskPayload<'remove-objects'>,
): Promise<{ removed: number }> {
  for (const bucket of Object.values(buckets)) {
    const paths = objects.filter((object) => object.bucket === bucket).map(({ path }) => path)
    if (paths.length > 0) await removeObjects({ storage }, { bucket, paths })
  }
  return { removed: objects.length }
}
