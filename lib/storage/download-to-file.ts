import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { StorageConnection } from './connect-storage.ts'
import { createSignedDownloadUrl } from './create-signed-download-url.ts'
import type { BucketName } from './ensure-buckets.ts'
import { readObjectInfo } from './read-object-info.ts'
import { toStorageError } from './to-storage-error.ts'

/** In total long enough for a restart of storage. */
const retryDelaysMs = [250, 1_000, 3_000, 8_000]
const signedLifeSeconds = 6 * 60 * 60

/**
 * Streams an object to `filePath` and resumes after a broken connection. The file appears only when it is
 * complete; its size is compared with the size that storage reported. Throws AppError `not_found` or
 * `vendor_failed`, and the signal's reason when aborted.
 */
export async function downloadToFile(
  { storage }: { storage: StorageConnection },
  input: { bucket: BucketName; path: string; filePath: string; signal?: AbortSignal | undefined },
): Promise<{ sizeBytes: number }> {
  const info = await readObjectInfo({ storage }, input)
  if (!info) throw toStorageError({ statusCode: 404 })
  const url = await createSignedDownloadUrl(
    { storage },
    { bucket: input.bucket, path: input.path, lifeSeconds: signedLifeSeconds, audience: 'server' },
  )
  const partPath = `${input.filePath}.part`
  await rm(partPath, { force: true })
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await downloadRest({
          url,
          partPath,
          sizeBytes: info.sizeBytes,
          etag: info.etag,
          signal: input.signal,
        })
        break
      } catch (error) {
        input.signal?.throwIfAborted()
        const delayMs = retryDelaysMs[attempt]
        if (delayMs === undefined) throw toStorageError(error)
        await delay(delayMs, undefined, input.signal ? { signal: input.signal } : {})
      }
    }
    await rename(partPath, input.filePath)
    return { sizeBytes: info.sizeBytes }
  } catch (error) {
    await rm(partPath, { force: true })
    throw error
  }
}

async function downloadRest(part: {
  url: string
  partPath: string
  sizeBytes: number
  etag: string
  signal: AbortSignal | undefined
}): Promise<void> {
  const haveBytes = await sizeOf(part.partPath)
  const headers: Record<string, string> = {
    'accept-encoding': 'identity',
    // If the object was replaced in the meantime, storage sends all of it and the download starts again.
    ...(haveBytes > 0 ? { range: `bytes=${haveBytes}-`, 'if-range': part.etag } : {}),
  }
  if (haveBytes < part.sizeBytes || part.sizeBytes === 0) {
    const response = await fetch(part.url, { headers, ...(part.signal ? { signal: part.signal } : {}) })
    if (!response.ok) {
      await response.body?.cancel()
      throw new Error(`Storage answered ${response.status} to a download`)
    }
    const append = haveBytes > 0 && response.status === 206
    await pipeline(response.body ?? [], createWriteStream(part.partPath, { flags: append ? 'a' : 'w' }))
  }
  const writtenBytes = await sizeOf(part.partPath)
  if (writtenBytes !== part.sizeBytes) {
    throw new Error(`Storage sent ${writtenBytes} of ${part.sizeBytes} bytes`)
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
    throw error
  }
}
