import type { StorageConnection } from './connect-storage.ts'
import { toStorageError } from './to-storage-error.ts'

/**
 * `originals` contains uploads of pastors, `media` the files prepared from them. Both are private: listeners get
 * signed URLs.
 */
export const buckets = { originals: 'originals', media: 'media' } as const

export type BucketName = (typeof buckets)[keyof typeof buckets]

/** Creates missing buckets and makes all of them private. May run at every start, also in parallel. */
export async function ensureBuckets({ storage }: { storage: StorageConnection }): Promise<void> {
  const { data, error } = await storage.client.listBuckets()
  if (error) throw toStorageError(error)
  for (const name of Object.values(buckets)) {
    const existing = data.find((bucket) => bucket.id === name)
    if (!existing) {
      const created = await storage.client.createBucket(name, { public: false })
      if (created.error && !isAlreadyThere(created.error)) throw toStorageError(created.error)
    } else if (existing.public) {
      const updated = await storage.client.updateBucket(name, { public: false })
      if (updated.error) throw toStorageError(updated.error)
    }
  }
}

function isAlreadyThere(error: { statusCode?: unknown }): boolean {
  return String(error.statusCode) === '409'
}
