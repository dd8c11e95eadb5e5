import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { attachmentHeader, chooseContentType } from './choose-content-type.ts'
import { type ObjectRow, readObject } from './object-rows.ts'
import { parseRange } from './parse-range.ts'
import type { StorageContext } from './storage-context.ts'
import { objectNotFound, StorageError } from './storage-error.ts'

const readAheadBytes = 256 * 1024

/**
 * Streams an object from disk at the client's speed: the whole object, one range, or nothing when the client
 * already has it. `downloadName` makes it a download ('' keeps the object's own name).
 */
export async function serveObject(
  context: StorageContext,
  req: IncomingMessage,
  res: ServerResponse,
  object: ObjectRow,
  options: { downloadName: string | null; caching: OutgoingHttpHeaders },
): Promise<void> {
  const { eTag, size: sizeBytes } = object.metadata
  const modifiedAt = new Date(object.metadata.lastModified)
  const validators = { etag: eTag, 'last-modified': modifiedAt.toUTCString(), ...options.caching }
  if (isFresh(req, eTag, modifiedAt)) {
    res.writeHead(304, { ...validators, 'access-control-allow-origin': '*' })
    res.end()
    return
  }

  const range = isRangeValid(req, eTag, modifiedAt) ? parseRange(req.headers.range, sizeBytes) : undefined
  if (range === 'unsatisfiable') {
    res.setHeader('content-range', `bytes */${sizeBytes}`)
    throw new StorageError('InvalidRange', 'The requested range is not satisfiable')
  }
  const part = range ?? { start: 0, end: sizeBytes - 1 }
  const { contentType, mustDownload } = chooseContentType(object.metadata.mimetype)
  const downloadName =
    options.downloadName === null && !mustDownload
      ? null
      : options.downloadName || (object.name.split('/').at(-1) ?? 'download')

  const sendHead = () =>
    res.writeHead(range ? 206 : 200, {
      ...validators,
      'content-type': contentType,
      'content-length': part.end - part.start + 1,
      'accept-ranges': 'bytes',
      ...(range ? { 'content-range': `bytes ${part.start}-${part.end}/${sizeBytes}` } : {}),
      ...(downloadName === null ? {} : { 'content-disposition': attachmentHeader(downloadName) }),
      'x-robots-tag': 'none',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; media-src 'self'; sandbox",
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Content-Range, Content-Length, Accept-Ranges, ETag',
    })
  const hasBody = req.method !== 'HEAD' && sizeBytes > 0

  // A part of audio is sent at once: a stream for each costs more time than the part itself.
  if (hasBody && part.end - part.start < readAheadBytes) {
    const bytes = await context.files.readPart(object.version, part)
    if (!bytes) return serveReplacement(context, req, res, object, options)
    sendHead()
    res.end(bytes)
    return
  }
  const file = await context.files.open(object.version)
  if (!file) return serveReplacement(context, req, res, object, options)
  try {
    sendHead()
    if (!hasBody) {
      res.end()
      return
    }
    const bytes = file.createReadStream({
      start: part.start,
      end: part.end,
      highWaterMark: readAheadBytes,
      autoClose: false,
    })
    await pipeline(bytes, res)
  } catch (error) {
    // A listener who skips or leaves closes the connection; this is not an error.
    if (!isDisconnect(error)) throw error
  } finally {
    await file.close()
  }
}

/** For an object that was replaced between reading its row and opening its file: the new row names the new file. */
async function serveReplacement(
  context: StorageContext,
  req: IncomingMessage,
  res: ServerResponse,
  object: ObjectRow,
  options: Parameters<typeof serveObject>[4],
): Promise<void> {
  context.objects.clear()
  const current = await readObject(context.pool, object.bucket_id, object.name)
  if (current.version === object.version) throw objectNotFound()
  return serveObject(context, req, res, current, options)
}

function isFresh(req: IncomingMessage, eTag: string, modifiedAt: Date): boolean {
  const known = req.headers['if-none-match']
  if (known !== undefined) {
    return known.split(',').some((entry) => entry.trim() === '*' || entry.trim().replace(/^W\//, '') === eTag)
  }
  const since = Date.parse(req.headers['if-modified-since'] ?? '')
  return Number.isFinite(since) && Math.floor(modifiedAt.getTime() / 1000) * 1000 <= since
}

function isRangeValid(req: IncomingMessage, eTag: string, modifiedAt: Date): boolean {
  const condition = req.headers['if-range']
  if (condition === undefined || typeof condition !== 'string') return true
  if (condition.startsWith('"')) return condition === eTag
  return Math.floor(modifiedAt.getTime() / 1000) * 1000 === Date.parse(condition)
}

function isDisconnect(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.code === 'ECONNRESET' || error.code === 'EPIPE')
  )
}
