import type { StorageConnection } from './connect-storage.ts'
import type { BucketName } from './ensure-buckets.ts'
import { toStorageError } from './to-storage-error.ts'

export interface ListedObject {
  path: string
  sizeBytes: number
  updatedAt: string | null
}

const pageSize = 1000

/** Lists every object under a folder (the whole bucket by default), including its subfolders. */
export async function listObjects(
  { storage }: { storage: StorageConnection },
  input: { bucket: BucketName; folder?: string },
): Promise<ListedObject[]> {
  const found: ListedObject[] = []
  const folders = [(input.folder ?? '').replace(/^\/+|\/+$/g, '')]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (let offset = 0; ; offset += pageSize) {
      const { data, error } = await storage.client
        .from(input.bucket)
        .list(folder, { limit: pageSize, offset, sortBy: { column: 'name', order: 'asc' } })
      if (error) throw toStorageError(error)
      for (const entry of data) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.id === null) folders.push(path)
        else found.push({ path, sizeBytes: Number(entry.metadata?.size ?? 0), updatedAt: entry.updated_at })
      }
      if (data.length < pageSize) break
    }
  }
  return found
}
