import { z } from 'zod'
import { sendJson } from '../../http/send-json.ts'
import { findBucket } from '../bucket-rows.ts'
import { checkKey } from '../check-key.ts'
import { closeSignatures } from '../closed-uploads.ts'
import { describeObject, describeObjectInfo } from '../describe-object.ts'
import { listFolder, listFolderSchema } from '../list-folder.ts'
import { emptyPage, listPage, listPageSchema } from '../list-page.ts'
import { findObject, type ObjectRow, objectColumns, putObject, readObject } from '../object-rows.ts'
import { saveObject } from '../save-object.ts'
import { serveObject } from '../serve-object.ts'
import { alreadyExists, bucketNotFound, objectNotFound, writeDenied } from '../storage-error.ts'
import { readInput, type StorageRequest } from './request.ts'

const removeSchema = z.object({ prefixes: z.array(z.string().max(1024)).min(1).max(1000) })
const moveSchema = z.object({
  bucketId: z.string(),
  sourceKey: z.string(),
  destinationKey: z.string(),
  destinationBucket: z.string().nullish(),
})

/** POST (adds; with `x-upsert: true` replaces) and PUT (replaces or adds) /object/:bucket/* */
export async function uploadObject(request: StorageRequest, bucketId: string, key: string): Promise<void> {
  const { context, req, res, isService } = request
  if (!isService) throw writeDenied()
  const upsert = req.method === 'PUT' || req.headers['x-upsert'] === 'true'
  const { id } = await saveObject(context, req, { bucketId, key, upsert })
  sendJson(res, 200, { Key: `${bucketId}/${key}`, Id: id })
}

/** GET, HEAD /object/:bucket/* and /object/authenticated/:bucket/* */
export async function downloadObject(request: StorageRequest, bucketId: string, key: string): Promise<void> {
  const { context, req, res, query, isService } = request
  if (!isService) throw objectNotFound()
  const object = await context.objects.read(bucketId, key)
  await serveObject(context, req, res, object, {
    downloadName: query.get('download'),
    caching: { 'cache-control': object.metadata.cacheControl },
  })
}

/** GET, HEAD /object/public/:bucket/* */
export async function downloadPublicObject(
  request: StorageRequest,
  bucketId: string,
  key: string,
): Promise<void> {
  const { context, req, res, query } = request
  const bucket = await findBucket(context.pool, bucketId)
  if (!bucket.public) throw bucketNotFound()
  const object = await context.objects.read(bucketId, key)
  await serveObject(context, req, res, object, {
    downloadName: query.get('download'),
    caching: { 'cache-control': object.metadata.cacheControl },
  })
}

/** GET /object/info/:bucket/* */
export async function readInfo(request: StorageRequest, bucketId: string, key: string): Promise<void> {
  const { context, res, isService } = request
  if (!isService) throw objectNotFound()
  await findBucket(context.pool, bucketId)
  sendJson(res, 200, describeObjectInfo(await readObject(context.pool, bucketId, key)))
}

/** DELETE /object/:bucket */
export async function removeObjects(request: StorageRequest, bucketId: string): Promise<void> {
  const { context, req, res, isService } = request
  const input = await readInput(removeSchema, req)
  if (!isService) return sendJson(res, 200, [])
  await findBucket(context.pool, bucketId)
  sendJson(res, 200, (await removeNamed(request, bucketId, input.prefixes)).map(describeObject))
}

/** DELETE /object/:bucket/* */
export async function removeObject(request: StorageRequest, bucketId: string, key: string): Promise<void> {
  const removed = request.isService ? await removeNamed(request, bucketId, [key]) : []
  if (removed.length === 0) throw objectNotFound()
  sendJson(request.res, 200, { message: 'Successfully deleted' })
}

async function removeNamed(
  { context, uploads }: StorageRequest,
  bucketId: string,
  names: string[],
): Promise<ObjectRow[]> {
  // Closed first, so that an upload that finishes now is either refused or its object is removed below.
  await closeSignatures(context.pool, bucketId, names)
  await uploads.close(bucketId, names)
  const { rows } = await context.pool.query<ObjectRow>(
    `delete from storage.objects where bucket_id = $1 and name = any($2) returning ${objectColumns}`,
    [bucketId, names],
  )
  context.objects.clear()
  // The row is removed first: a file without a row only takes space, a row without a file is an error.
  for (const { version } of rows) await context.files.remove(version)
  return rows
}

/** DELETE /cdn/:bucket/*: does nothing, because there is no cache here. */
export async function purgeCache({ res, isService }: StorageRequest): Promise<void> {
  if (!isService) throw writeDenied()
  sendJson(res, 200, { message: 'success' })
}

/** POST /object/list/:bucket */
export async function listObjects(
  { context, req, res, isService }: StorageRequest,
  bucketId: string,
): Promise<void> {
  const input = await readInput(listFolderSchema, req)
  sendJson(res, 200, isService ? await listFolder(context.pool, bucketId, input) : [])
}

/** POST /object/list-v2/:bucket */
export async function listObjectsByPage(
  { context, req, res, isService }: StorageRequest,
  bucketId: string,
): Promise<void> {
  const input = await readInput(listPageSchema, req)
  sendJson(res, 200, isService ? await listPage(context.pool, bucketId, input) : emptyPage)
}

/** POST /object/move: changes only the name; the content is not copied. */
export async function moveObject({ context, req, res, isService }: StorageRequest): Promise<void> {
  const input = await readInput(moveSchema, req)
  const destinationBucket = input.destinationBucket ?? input.bucketId
  const destinationKey = checkKey(input.destinationKey)
  if (!isService) throw objectNotFound()
  await findBucket(context.pool, destinationBucket)
  const object = await readObject(context.pool, input.bucketId, input.sourceKey)
  if (await findObject(context.pool, destinationBucket, destinationKey)) throw alreadyExists()
  await context.pool
    .query('update storage.objects set bucket_id = $2, name = $3, updated_at = now() where id = $1', [
      object.id,
      destinationBucket,
      destinationKey,
    ])
    .catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === '23505') throw alreadyExists()
      throw error
    })
  context.objects.clear()
  sendJson(res, 200, { message: 'Successfully moved' })
}

/** POST /object/copy */
export async function copyObject({ context, req, res, isService }: StorageRequest): Promise<void> {
  const input = await readInput(moveSchema, req)
  const destinationBucket = input.destinationBucket ?? input.bucketId
  const destinationKey = checkKey(input.destinationKey)
  if (!isService) throw objectNotFound()
  await findBucket(context.pool, destinationBucket)
  const upsert = req.headers['x-upsert'] === 'true'
  const source = await readObject(context.pool, input.bucketId, input.sourceKey)
  if (!upsert && (await findObject(context.pool, destinationBucket, destinationKey))) throw alreadyExists()
  const version = await context.files.copy(source.version)
  try {
    const stored = await putObject(
      context,
      {
        bucketId: destinationBucket,
        name: destinationKey,
        version,
        sizeBytes: source.metadata.size,
        contentType: source.metadata.mimetype,
        cacheControl: source.metadata.cacheControl,
        userMetadata: source.user_metadata,
      },
      upsert,
    )
    if (stored.replacedVersion !== undefined) await context.files.remove(stored.replacedVersion)
    sendJson(res, 200, { Key: `${destinationBucket}/${destinationKey}`, Id: stored.id, name: destinationKey })
  } catch (error) {
    await context.files.remove(version)
    throw error
  }
}
