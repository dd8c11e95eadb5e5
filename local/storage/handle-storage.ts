import type { ServerResponse } from 'node:http'
import { drainRequest } from '../http/drain-request.ts'
import { BodyError } from '../http/read-json-body.ts'
import { sendJson } from '../http/send-json.ts'
import type { ServiceHandler } from '../http/service-handler.ts'
import { authoriseUpload, hasServiceRole } from './authorise-request.ts'
import type { StorageRequest } from './endpoints/request.ts'
import type { ResumableUploads } from './resumable-uploads.ts'
import type { StorageContext } from './storage-context.ts'
import { StorageError } from './storage-error.ts'
import { findStorageRoute } from './storage-routes.ts'

const uploadMount = '/upload/resumable'

/** Serves the Supabase Storage protocol, including resumable uploads, below `/storage/v1`. */
export function handleStorage(context: StorageContext, uploads: ResumableUploads): ServiceHandler {
  return async (req, res, { path, query }) => {
    const isUpload = path === uploadMount || path.startsWith(`${uploadMount}/`)
    try {
      if (isUpload) {
        await uploads.handle(req, res, await authoriseUpload(context, req, path.slice(uploadMount.length)))
      } else if (req.method === 'OPTIONS') {
        sendPreflight(res)
      } else {
        await answer({ context, uploads, req, res, query }, path)
      }
    } catch (error) {
      if (req.destroyed && !req.complete) return
      if (isUpload) sendUploadFailure(res, error)
      else sendFailure(res, error)
      drainRequest(req)
    }
  }
}

async function answer(request: Omit<StorageRequest, 'isService'>, path: string): Promise<void> {
  const { context, req } = request
  const found = findStorageRoute(req.method ?? 'GET', path)
  if (found === 'malformed') throw new StorageError('InvalidKey', `Invalid key: ${path.slice(0, 200)}`)
  if (!found) throw new StorageError('NotFound', `Route ${req.method}:${path} not found`)
  const { needs, handle } = found.target
  const isService = needs === 'key' && (await hasServiceRole(context, req))
  await handle({ ...request, isService }, found.params)
}

function sendPreflight(res: ServerResponse): void {
  res.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
    'access-control-allow-headers':
      'authorization, apikey, x-client-info, content-type, range, x-upsert, cache-control, x-metadata, x-signature',
    'access-control-max-age': '86400',
  })
  res.end()
}

function sendFailure(res: ServerResponse, error: unknown): void {
  const failure =
    error instanceof BodyError
      ? new StorageError(error.status === 413 ? 'EntityTooLarge' : 'InvalidRequest', error.message)
      : error
  if (!(failure instanceof StorageError)) throw failure
  if (res.headersSent) {
    res.destroy()
    return
  }
  sendJson(res, failure.httpStatus, failure.toJSON(), { 'access-control-allow-origin': '*' })
}

/** Resumable uploads answer in plain text, with the real status. */
function sendUploadFailure(res: ServerResponse, error: unknown): void {
  if (!(error instanceof StorageError)) throw error
  if (res.headersSent) {
    res.destroy()
    return
  }
  res.writeHead(error.status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(error.message),
    'tus-resumable': '1.0.0',
    'access-control-allow-origin': '*',
  })
  res.end(error.message)
}
