import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServiceHandler } from '../gateway/create-front-door.ts'
import { type Caller, identifyCaller, isSecretKeyInBrowser } from '../gateway/identify-caller.ts'
import { BodyError } from '../gateway/read-json-body.ts'
import { sendJson } from '../gateway/send-json.ts'
import { checkKey, decodeKey } from './check-key.ts'
import {
  createBucket,
  deleteBucket,
  emptyBucket,
  listBuckets,
  readBucket,
  updateBucket,
} from './endpoints/buckets.ts'
import {
  copyObject,
  downloadObject,
  downloadPublicObject,
  listObjects,
  listObjectsByPage,
  moveObject,
  readInfo,
  removeObject,
  removeObjects,
  uploadObject,
} from './endpoints/objects.ts'
import type { StorageRequest } from './endpoints/request.ts'
import {
  downloadSignedObject,
  signObject,
  signObjects,
  signUpload,
  uploadSignedObject,
} from './endpoints/signed.ts'
import type { ResumableUploads, UploadRights } from './resumable-uploads.ts'
import type { StorageContext } from './storage-context.ts'
import { StorageError, writeDenied } from './storage-error.ts'

type OnBucket = (request: StorageRequest, bucketId: string) => Promise<void>
type OnObject = (request: StorageRequest, bucketId: string, key: string) => Promise<void>

const drainLimitMs = 10_000
const uploadMount = '/upload/resumable'

/** Tried in order. Every route here needs a key. */
const bucketRoutes: [string, RegExp, OnBucket][] = [
  ['POST', /^\/bucket\/([^/]+)\/empty$/, emptyBucket],
  ['GET', /^\/bucket\/([^/]+)$/, readBucket],
  ['PUT', /^\/bucket\/([^/]+)$/, updateBucket],
  ['DELETE', /^\/bucket\/([^/]+)$/, deleteBucket],
  ['POST', /^\/object\/list\/([^/]+)$/, listObjects],
  ['POST', /^\/object\/list-v2\/([^/]+)$/, listObjectsByPage],
  ['POST', /^\/object\/sign\/([^/]+)$/, signObjects],
  ['DELETE', /^\/object\/([^/]+)$/, removeObjects],
]
const objectRoutes: [string, RegExp, OnObject][] = [
  ['POST', /^\/object\/upload\/sign\/([^/]+)\/(.+)$/, signUpload],
  ['POST', /^\/object\/sign\/([^/]+)\/(.+)$/, signObject],
  ['GET', /^\/object\/info\/(?:authenticated\/)?([^/]+)\/(.+)$/, readInfo],
  ['GET', /^\/object\/authenticated\/([^/]+)\/(.+)$/, downloadObject],
  ['GET', /^\/object\/([^/]+)\/(.+)$/, downloadObject],
  ['POST', /^\/object\/([^/]+)\/(.+)$/, uploadObject],
  ['PUT', /^\/object\/([^/]+)\/(.+)$/, uploadObject],
  ['DELETE', /^\/object\/([^/]+)\/(.+)$/, removeObject],
]
/** These carry their own right, or need none. */
const openRoutes: [string, RegExp, OnObject][] = [
  ['GET', /^\/object\/public\/([^/]+)\/(.+)$/, downloadPublicObject],
  ['GET', /^\/object\/sign\/([^/]+)\/(.+)$/, downloadSignedObject],
  ['PUT', /^\/object\/upload\/sign\/([^/]+)\/(.+)$/, uploadSignedObject],
]

/** Serves the Supabase Storage protocol, resumable uploads included, below `/storage/v1`. */
export function handleStorage(context: StorageContext, uploads: ResumableUploads): ServiceHandler {
  return async (req, res, { path, query }) => {
    const isUpload = path === uploadMount || path.startsWith(`${uploadMount}/`)
    try {
      if (isUpload) {
        await uploads.handle(req, res, await uploadRights(context, req, path))
      } else if (req.method === 'OPTIONS') {
        sendPreflight(res)
      } else {
        await route(context, req, res, path, query)
      }
    } catch (error) {
      if (req.destroyed && !req.complete) return
      if (isUpload) sendUploadFailure(res, error)
      else sendFailure(res, error)
      drain(req)
    }
  }
}

async function route(
  context: StorageContext,
  req: IncomingMessage,
  res: ServerResponse,
  path: string,
  query: URLSearchParams,
): Promise<void> {
  const method = req.method === 'HEAD' ? 'GET' : (req.method ?? 'GET')
  if (method === 'GET' && (path === '/status' || path === '/health'))
    return sendJson(res, 200, { healthy: true })
  const request: StorageRequest = { context, req, res, query, isService: false }
  for (const [wanted, pattern, handle] of openRoutes) {
    const match = wanted === method ? pattern.exec(path) : null
    if (match) return handle(request, decodeBucket(match[1]), decodeKey(match[2] ?? ''))
  }

  const allowed = { ...request, isService: await isService(context, req) }
  if (path === '/bucket' && method === 'GET') return listBuckets(allowed)
  if (path === '/bucket' && method === 'POST') return createBucket(allowed)
  if (path === '/object/move' && method === 'POST') return moveObject(allowed)
  if (path === '/object/copy' && method === 'POST') return copyObject(allowed)
  if (/^\/cdn\/[^/]+\/./.test(path) && method === 'DELETE') {
    if (!allowed.isService) throw writeDenied()
    return sendJson(res, 200, { message: 'success' })
  }
  for (const [wanted, pattern, handle] of bucketRoutes) {
    const match = wanted === method ? pattern.exec(path) : null
    if (match) return handle(allowed, decodeBucket(match[1]))
  }
  for (const [wanted, pattern, handle] of objectRoutes) {
    const match = wanted === method ? pattern.exec(path) : null
    if (match) return handle(allowed, decodeBucket(match[1]), decodeKey(match[2] ?? ''))
  }
  throw new StorageError('NotFound', `Route ${method}:${path} not found`)
}

/** True for the secret key, false for anyone else with a key or a session of ours. Throws otherwise. */
async function isService(context: StorageContext, req: IncomingMessage): Promise<boolean> {
  const caller: Caller = identifyCaller(req, context.keys)
  if (isSecretKeyInBrowser(req, caller)) {
    throw new StorageError('AccessDenied', 'Forbidden use of secret API key in browser')
  }
  if (caller.userToken !== undefined) {
    await context.checkUserToken(caller.userToken).catch(() => {
      throw new StorageError('AccessDenied', 'jwt malformed or expired')
    })
    return false
  }
  if (caller.key === null) {
    throw new StorageError('InvalidRequest', "headers must have required property 'authorization'")
  }
  return caller.key === 'service_role'
}

/** Checked anew at every chunk. Throws StorageError. */
async function uploadRights(
  context: StorageContext,
  req: IncomingMessage,
  path: string,
): Promise<UploadRights> {
  if (req.method === 'GET') throw new StorageError('NotFound', 'Not found')
  const isSigned = path === `${uploadMount}/sign` || path.startsWith(`${uploadMount}/sign/`)
  const mount = `/storage/v1${uploadMount}${isSigned ? '/sign' : ''}`
  if (req.method === 'OPTIONS') return { mount, onlyUrl: '', upsert: false }
  if (!isSigned) {
    if (!(await isService(context, req))) throw writeDenied()
    return { mount, onlyUrl: undefined, upsert: req.headers['x-upsert'] === 'true' }
  }
  const signature = req.headers['x-signature']
  if (typeof signature !== 'string') throw new StorageError('InvalidSignature', 'Missing x-signature header')
  const right = await context.tokens.verify(signature, { scope: 'upload' }).catch((error: unknown) => {
    throw error instanceof StorageError ? new StorageError('InvalidSignature', 'Invalid signature') : error
  })
  return { mount, onlyUrl: right.url, upsert: right.upsert }
}

function decodeBucket(encoded: string | undefined): string {
  const name = decodeKey(encoded ?? '')
  return checkKey(name.includes('/') ? '' : name)
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

/** Resumable uploads speak plain text and true statuses. */
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

/** Lets a client that is still sending finish its sentence, so that it can read the refusal. */
function drain(req: IncomingMessage): void {
  if (req.complete || req.destroyed) return
  const cut = setTimeout(() => req.destroy(), drainLimitMs)
  cut.unref()
  req.once('end', () => clearTimeout(cut))
  req.once('close', () => clearTimeout(cut))
  req.resume()
}
