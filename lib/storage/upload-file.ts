import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { type DetailedError, Upload } from 'tus-js-client'
import type { AppError } from '#lib/errors.ts'
import type { StorageConnection } from './connect-storage.ts'
import { resumableUrl, uploadChunkSizeBytes } from './create-signed-upload.ts'
import type { BucketName } from './ensure-buckets.ts'
import { toStorageError } from './to-storage-error.ts'

/** Hosted storage requires resumable uploads above this size. */
const resumableFromBytes = 6 * 1024 * 1024

/**
 * Uploads a file from disk to storage. Big files are sent in resumable chunks read from disk, so memory use does not
 * grow and a broken connection loses one chunk. `replace` overwrites. Throws AppError `conflict`,
 * `too_large` or `vendor_failed`, and the signal's reason when aborted.
 */
export async function uploadFile(
  { storage }: { storage: StorageConnection },
  input: {
    bucket: BucketName
    path: string
    filePath: string
    contentType: string
    cacheSeconds?: number
    replace?: boolean
    signal?: AbortSignal | undefined
  },
): Promise<{ sizeBytes: number }> {
  input.signal?.throwIfAborted()
  const { size: sizeBytes } = await stat(input.filePath)
  if (sizeBytes > resumableFromBytes) {
    await uploadInChunks(storage, { ...input, sizeBytes })
    return { sizeBytes }
  }
  const { error } = await storage.client
    .from(input.bucket)
    .upload(input.path, await readFile(input.filePath), {
      contentType: input.contentType,
      cacheControl: String(input.cacheSeconds ?? 3600),
      upsert: input.replace ?? false,
    })
  if (error) throw toStorageError(error)
  return { sizeBytes }
}

async function uploadInChunks(
  storage: StorageConnection,
  input: {
    bucket: BucketName
    path: string
    filePath: string
    contentType: string
    cacheSeconds?: number
    replace?: boolean
    signal?: AbortSignal | undefined
    sizeBytes: number
  },
): Promise<void> {
  const file = createReadStream(input.filePath)
  try {
    await new Promise<void>((resolve, reject) => {
      const upload = new Upload(file, {
        endpoint: resumableUrl(storage.supabaseUrl, 'key'),
        headers: {
          apikey: storage.secretKey,
          authorization: `Bearer ${storage.secretKey}`,
          'x-upsert': String(input.replace ?? false),
        },
        metadata: {
          bucketName: input.bucket,
          objectName: input.path,
          contentType: input.contentType,
          cacheControl: String(input.cacheSeconds ?? 3600),
        },
        uploadSize: input.sizeBytes,
        chunkSize: uploadChunkSizeBytes,
        uploadDataDuringCreation: false,
        storeFingerprintForResuming: false,
        retryDelays: [0, 500, 1_000, 3_000, 5_000, 10_000],
        onShouldRetry: (error) => isWorthRetrying(error),
        onError: (error) => {
          input.signal?.removeEventListener('abort', onAbort)
          reject(toUploadError(error))
        },
        onSuccess: () => {
          input.signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      })
      const onAbort = () => {
        upload.abort(true).catch(() => undefined)
        reject(input.signal?.reason)
      }
      input.signal?.addEventListener('abort', onAbort, { once: true })
      upload.start()
    })
  } finally {
    file.destroy()
  }
}

function answeredStatus(error: Error | DetailedError): number | undefined {
  return 'originalResponse' in error ? (error.originalResponse?.getStatus() ?? undefined) : undefined
}

function isWorthRetrying(error: Error | DetailedError): boolean {
  const status = answeredStatus(error)
  return status === undefined || status === 423 || status === 429 || status >= 500
}

function toUploadError(error: Error | DetailedError): AppError {
  const status = answeredStatus(error)
  return toStorageError(status === undefined ? error : Object.assign(error, { statusCode: status }))
}
