import type { StorageConnection } from './connect-storage.ts'
import type { BucketName } from './ensure-buckets.ts'
import type { ListedObject } from './list-objects.ts'
import { toStorageError } from './to-storage-error.ts'

/** At most `limit` (1 to 1000) objects under a folder, by name; `next` is the cursor of the following page. */
export async function listObjectPage(
  { storage }: { storage: StorageConnection },
  input: { bucket: BucketName; folder: string; limit: number; cursor: string | null },
): Promise<{ objects: ListedObject[]; next: string | null }> {
  const { data, error } = await storage.client.from(input.bucket).listV2({
    prefix: `${input.folder}/`,
    limit: input.limit,
    with_delimiter: false,
    ...(input.cursor === null ? {} : { cursor: input.cursor }),
  })
  if (error) throw toStorageError(error)
  const objects = data.objects.map((object) => ({
    path: object.key ?? object.name,
    sizeBytes: Number(object.metadata?.size ?? 0),
    updatedAt: object.updated_at,
  }))
  return { objects, next: data.hasNext ? (data.nextCursor ?? null) : null }
}
