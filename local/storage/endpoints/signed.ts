import { z } from 'zod'
import { sendJson } from '../../http/send-json.ts'
import { findBucket } from '../bucket-rows.ts'
import { checkStillGranted, SIGNATURE_LIFE_SECONDS } from '../closed-uploads.ts'
import { findObject, readObject } from '../object-rows.ts'
import { saveObject } from '../save-object.ts'
import { serveObject } from '../serve-object.ts'
import { alreadyExists, objectNotFound, StorageError, writeDenied } from '../storage-error.ts'
import { readInput, type StorageRequest } from './request.ts'

const signSchema = z.object({
  expiresIn: z.number().int().min(1),
  transform: z.record(z.string(), z.unknown()).nullish(),
})
const signManySchema = signSchema.extend({ paths: z.array(z.string().max(1024)).min(1).max(1000) })

/** POST /object/sign/:bucket/* */
export async function signObject(request: StorageRequest, bucketId: string, key: string): Promise<void> {
  const { context, req, res, isService } = request
  const input = await readInput(signSchema, req)
  if (!isService) throw objectNotFound()
  if (input.transform && Object.keys(input.transform).length > 0) throw noTransformations()
  await readObject(context.pool, bucketId, key)
  sendJson(res, 200, { signedURL: await signedPath(request, bucketId, key, input.expiresIn) })
}

/** POST /object/sign/:bucket */
export async function signObjects(request: StorageRequest, bucketId: string): Promise<void> {
  const { context, req, res, isService } = request
  const input = await readInput(signManySchema, req)
  const { rows } = await context.pool.query<{ name: string }>(
    'select name from storage.objects where bucket_id = $1 and name = any($2)',
    [bucketId, isService ? input.paths : []],
  )
  const existing = new Set(rows.map(({ name }) => name))
  const answers = []
  for (const path of input.paths) {
    answers.push(
      existing.has(path)
        ? { error: null, path, signedURL: await signedPath(request, bucketId, path, input.expiresIn) }
        : {
            error: 'Either the object does not exist or you do not have access to it',
            path,
            signedURL: null,
          },
    )
  }
  sendJson(res, 200, answers)
}

async function signedPath(
  { context }: StorageRequest,
  bucketId: string,
  key: string,
  lifeSeconds: number,
): Promise<string> {
  const url = `${bucketId}/${key}`
  const token = await context.tokens.sign({ scope: 'download', url, upsert: false }, lifeSeconds)
  return `/object/sign/${url}?token=${token}`
}

/** GET, HEAD /object/sign/:bucket/*?token= */
export async function downloadSignedObject(
  request: StorageRequest,
  bucketId: string,
  key: string,
): Promise<void> {
  const { context, req, res, query } = request
  const right = await context.tokens.verify(requireToken(query), {
    scope: 'download',
    url: `${bucketId}/${key}`,
  })
  const object = await context.objects.read(bucketId, key)
  await serveObject(context, req, res, object, {
    downloadName: query.get('download'),
    caching: { expires: new Date(right.expiresAtSeconds * 1000).toUTCString() },
  })
}

/** POST /object/upload/sign/:bucket/* */
export async function signUpload(request: StorageRequest, bucketId: string, key: string): Promise<void> {
  const { context, req, res, isService } = request
  if (!isService) throw writeDenied()
  await findBucket(context.pool, bucketId)
  const upsert = req.headers['x-upsert'] === 'true'
  if (!upsert && (await findObject(context.pool, bucketId, key))) throw alreadyExists()
  const url = `${bucketId}/${key}`
  const token = await context.tokens.sign({ scope: 'upload', url, upsert }, SIGNATURE_LIFE_SECONDS)
  sendJson(res, 200, { url: `/object/upload/sign/${url}?token=${token}`, token })
}

/** PUT /object/upload/sign/:bucket/*?token= */
export async function uploadSignedObject(
  request: StorageRequest,
  bucketId: string,
  key: string,
): Promise<void> {
  const { context, req, res, query } = request
  const right = await context.tokens.verify(requireToken(query), {
    scope: 'upload',
    url: `${bucketId}/${key}`,
  })
  await checkStillGranted(context.pool, { bucketId, key, issuedAtMs: right.issuedAtMs })
  await saveObject(context, req, { bucketId, key, upsert: right.upsert })
  sendJson(res, 200, { Key: `${bucketId}/${key}` })
}

/** GET /render/image/*: refused, because images are never transformed. */
export async function refuseTransformation(): Promise<void> {
  throw noTransformations()
}

function noTransformations(): StorageError {
  return new StorageError('FeatureNotEnabled', 'Image transformation is not available here')
}

function requireToken(query: URLSearchParams): string {
  const token = query.get('token')
  if (!token) throw new StorageError('InvalidRequest', "querystring must have required property 'token'")
  return token
}
