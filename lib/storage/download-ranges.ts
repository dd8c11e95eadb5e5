import { open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { StorageConnection } from './connect-storage.ts'
import { createSignedDownloadUrl } from './create-signed-download-url.ts'
import type { BucketName } from './ensure-buckets.ts'
import { readRange } from './read-range.ts'
import { toStorageError } from './to-storage-error.ts'

/** In total long enough for a restart of storage. */
const retryDelaysMs = [250, 1_000, 3_000, 8_000]
const signedLifeSeconds = 15 * 60

/**
 * Downloads ranges of an object and writes them one after the other to `filePath`. They are held in memory, so they
 * must be small. Throws AppError `not_found` or `vendor_failed`, and the signal's reason when aborted.
 */
export async function downloadRanges(
  { storage }: { storage: StorageConnection },
  input: {
    bucket: BucketName
    path: string
    ranges: readonly { offset: number; sizeBytes: number }[]
    filePath: string
    signal?: AbortSignal | undefined
  },
): Promise<void> {
  const { bucket, path, signal } = input
  const url = await createSignedDownloadUrl(
    { storage },
    { bucket, path, lifeSeconds: signedLifeSeconds, audience: 'server' },
  )
  await using file = await open(input.filePath, 'w', 0o600)
  for (const range of input.ranges) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await file.write(await readRange(url, range, signal))
        break
      } catch (error) {
        signal?.throwIfAborted()
        const delayMs = retryDelaysMs[attempt]
        if (delayMs === undefined) throw toStorageError(error)
        await delay(delayMs, undefined, signal ? { signal } : {})
      }
    }
  }
}
