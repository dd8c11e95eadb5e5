import type { StorageConnection } from './connect-storage.ts'
import type { BucketName } from './ensure-buckets.ts'
import { toPublicUrl } from './to-public-url.ts'
import { toStorageError } from './to-storage-error.ts'

const maxRememberedUrls = 5_000

/**
 * Creates a URL with which anyone can read one private object. The same URL is returned for `reuseSeconds`, so that
 * browser caches work, and it is always valid for at least `lifeSeconds` from now.
 * `downloadName` makes browsers save the object under that name. Throws AppError `not_found`.
 */
export async function createSignedDownloadUrl(
  { storage }: { storage: StorageConnection },
  input: {
    bucket: BucketName
    path: string
    lifeSeconds: number
    reuseSeconds?: number
    downloadName?: string
    /** `server` keeps the address this process uses; `browser` (default) gives the public one. */
    audience?: 'browser' | 'server'
  },
): Promise<string> {
  const reuseSeconds = input.reuseSeconds ?? 0
  const forBrowser = input.audience !== 'server'
  const key = JSON.stringify([
    input.bucket,
    input.path,
    input.lifeSeconds,
    reuseSeconds,
    input.downloadName ?? null,
    forBrowser,
  ])
  const known = storage.signedUrls.get(key)
  if (known && known.reuseUntilMs > Date.now()) return known.url

  const { data, error } = await storage.client
    .from(input.bucket)
    .createSignedUrl(input.path, input.lifeSeconds + reuseSeconds)
  if (error) throw toStorageError(error)
  // Added here because the SDK encodes a name twice, which corrupts every character outside ASCII.
  const download =
    input.downloadName === undefined ? '' : `&download=${encodeURIComponent(input.downloadName)}`
  const signedUrl = `${data.signedUrl}${download}`
  const url = forBrowser ? toPublicUrl(storage, signedUrl) : signedUrl
  if (reuseSeconds > 0) {
    storage.signedUrls.delete(key)
    storage.signedUrls.set(key, { url, reuseUntilMs: Date.now() + reuseSeconds * 1000 })
    const oldest = storage.signedUrls.keys().next()
    if (storage.signedUrls.size > maxRememberedUrls && !oldest.done) storage.signedUrls.delete(oldest.value)
  }
  return url
}
