import type { StorageConnection } from './connect-storage.ts'
import type { BucketName } from './ensure-buckets.ts'
import { toPublicUrl } from './to-public-url.ts'
import { toStorageError } from './to-storage-error.ts'

export interface SignedUpload {
  /** TUS endpoint. A path when storage shares the page's origin: resolve it against the page. */
  endpoint: string
  headers: { apikey: string; 'x-signature': string }
  /** TUS upload metadata; add `contentType`. */
  metadata: { bucketName: string; objectName: string }
  /** Every chunk but the last must have exactly this size. */
  chunkSizeBytes: number
  /** When the signature expires. A longer upload requests a new one and continues at the same upload URL. */
  expiresAt: string
}

const signatureLifeMs = 2 * 60 * 60 * 1000
export const uploadChunkSizeBytes = 6 * 1024 * 1024

/**
 * Creates a permission for a browser to upload one new object to `path` by TUS, valid for two hours. Throws AppError
 * `conflict` when an object already exists there (unless `replace`).
 */
export async function createSignedUpload(
  { storage }: { storage: StorageConnection },
  input: { bucket: BucketName; path: string; replace?: boolean },
): Promise<SignedUpload> {
  const createdAtMs = Date.now()
  const { data, error } = await storage.client
    .from(input.bucket)
    .createSignedUploadUrl(input.path, { upsert: input.replace ?? false })
  if (error) throw toStorageError(error)
  return {
    endpoint: toPublicUrl(storage, resumableUrl(storage.supabaseUrl, 'sign')),
    headers: { apikey: storage.publishableKey, 'x-signature': data.token },
    metadata: { bucketName: input.bucket, objectName: input.path },
    chunkSizeBytes: uploadChunkSizeBytes,
    expiresAt: new Date(createdAtMs + signatureLifeMs).toISOString(),
  }
}

/** The endpoint for resumable uploads. Hosted projects accept big files on a separate storage host name. */
export function resumableUrl(supabaseUrl: string, mode: 'sign' | 'key'): string {
  const base = supabaseUrl
    .replace(/\/+$/, '')
    .replace(/^https:\/\/([a-z0-9]+)\.supabase\.co$/, 'https://$1.storage.supabase.co')
  return `${base}/storage/v1/upload/resumable${mode === 'sign' ? '/sign' : ''}`
}
