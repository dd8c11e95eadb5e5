import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { bucketLimit, findBucket } from './bucket-rows.ts'
import { cleanContentType, isAllowedType } from './choose-content-type.ts'
import { explainFullDisk } from './disk-space.ts'
import { findObject, putObject } from './object-rows.ts'
import { readMultipart } from './read-multipart.ts'
import { readUserMetadata } from './read-user-metadata.ts'
import type { StorageContext } from './storage-context.ts'
import { alreadyExists, StorageError, tooLarge } from './storage-error.ts'

/**
 * Stores the body of an upload request (raw or multipart) as the object's content. Readers see the old
 * content or the new one, never a part. Throws StorageError.
 */
export async function saveObject(
  context: StorageContext,
  req: IncomingMessage,
  target: { bucketId: string; key: string; upsert: boolean },
): Promise<{ id: string }> {
  const bucket = await findBucket(context.pool, target.bucketId)
  const limitBytes = bucketLimit(bucket, context.maxObjectBytes)
  const isMultipart = /^multipart\/form-data/i.test(req.headers['content-type'] ?? '')
  if (!isMultipart && Number(req.headers['content-length'] ?? 0) > limitBytes) throw tooLarge()
  if (!target.upsert && (await findObject(context.pool, target.bucketId, target.key))) throw alreadyExists()

  const upload = isMultipart ? await fromForm(req) : fromBody(req)
  if (!isAllowedType(upload.contentType, bucket.allowed_mime_types)) {
    throw new StorageError('InvalidMimeType', `mime type ${upload.contentType} is not supported`)
  }
  await context.disk.require(Number(req.headers['content-length'] ?? 0))
  const written = await context.files.write(upload.source, limitBytes).catch((error: unknown) => {
    throw explainFullDisk(error)
  })
  try {
    const stored = await putObject(
      context,
      {
        bucketId: target.bucketId,
        name: target.key,
        version: written.version,
        sizeBytes: written.sizeBytes,
        contentType: upload.contentType,
        cacheControl: upload.cacheControl,
        userMetadata: upload.userMetadata,
      },
      target.upsert,
    )
    if (stored.replacedVersion !== undefined) await context.files.remove(stored.replacedVersion)
    return { id: stored.id }
  } catch (error) {
    await context.files.remove(written.version)
    throw error
  }
}

interface Incoming {
  source: Readable
  contentType: string
  cacheControl: string
  userMetadata: Record<string, unknown> | null
}

function fromBody(req: IncomingMessage): Incoming {
  const metadata = req.headers['x-metadata']
  return {
    source: req,
    contentType: cleanContentType(req.headers['content-type']),
    cacheControl: cleanCacheControl(req.headers['cache-control']),
    userMetadata: readUserMetadata(
      typeof metadata === 'string' ? Buffer.from(metadata, 'base64').toString('utf8') : undefined,
    ),
  }
}

async function fromForm(req: IncomingMessage): Promise<Incoming> {
  const form = await readMultipart(req)
  const maxAge = form.fields.get('cacheControl')
  return {
    source: form.file,
    contentType: cleanContentType(form.fields.get('contentType') ?? form.contentType),
    cacheControl: cleanCacheControl(maxAge === undefined ? undefined : `max-age=${maxAge}`),
    userMetadata: readUserMetadata(form.fields.get('metadata')),
  }
}

/** Returns one line of cache directives, or `no-cache` for anything else. */
export function cleanCacheControl(given: string | undefined): string {
  return given !== undefined && /^[\w ,=-]{1,200}$/.test(given) ? given : 'no-cache'
}
