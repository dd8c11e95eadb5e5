import type { StorageConnection } from './connect-storage.ts'
import { createSignedDownloadUrl } from './create-signed-download-url.ts'
import type { BucketName } from './ensure-buckets.ts'

// Their sum is the longest time that a browser can read an object after access to it ended: nine minutes.
const LIFE_SECONDS = 4 * 60
const REUSE_SECONDS = 4 * 60
const CACHE_SECONDS = 60

/**
 * Redirects a caller who may read the object to a signed URL of it, which the caller may use for a minute before it asks
 * again, so an end of access takes effect within ten minutes. Throws AppError `not_found`.
 */
export async function redirectToObject(
  services: { storage: StorageConnection },
  { bucket, path, downloadName }: { bucket: BucketName; path: string; downloadName?: string },
): Promise<Response> {
  const location = await createSignedDownloadUrl(services, {
    bucket,
    path,
    lifeSeconds: LIFE_SECONDS,
    reuseSeconds: REUSE_SECONDS,
    ...(downloadName === undefined ? {} : { downloadName }),
  })
  return new Response(null, {
    status: 302,
    headers: { location, 'cache-control': `private, max-age=${CACHE_SECONDS}` },
  })
}
