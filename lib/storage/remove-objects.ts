import type { StorageConnection } from './connect-storage.ts'
import type { BucketName } from './ensure-buckets.ts'
import { toStorageError } from './to-storage-error.ts'

const maxPerRequest = 500

/** Removes objects; an object that does not exist is not an error. */
export async function removeObjects(
  { storage }: { storage: StorageConnection },
  input: { bucket: BucketName; paths: readonly string[] },
): Promise<void> {
  for (let start = 0; start < input.paths.length; start += maxPerRequest) {
    const { error } = await storage.client
      .from(input.bucket)
      .remove(input.paths.slice(start, start + maxPerRequest))
    if (error) throw toStorageError(error)
  }
}
