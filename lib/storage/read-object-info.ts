import type { StorageConnection } from './connect-storage.ts'
import type { BucketName } from './ensure-buckets.ts'
import { storageStatus, toStorageError } from './to-storage-error.ts'

export interface ObjectInfo {
  sizeBytes: number
  contentType: string
  etag: string
  createdAt: string
}

/** The metadata of an object in storage, or null when there is none. Throws AppError `vendor_failed`. */
export async function readObjectInfo(
  { storage }: { storage: StorageConnection },
  input: { bucket: BucketName; path: string },
): Promise<ObjectInfo | null> {
  const { data, error } = await storage.client.from(input.bucket).info(input.path)
  if (error) {
    if (storageStatus(error) === 404) return null
    throw toStorageError(error)
  }
  return {
    sizeBytes: data.size ?? 0,
    contentType: data.contentType ?? 'application/octet-stream',
    etag: data.etag ?? '',
    createdAt: data.createdAt,
  }
}
