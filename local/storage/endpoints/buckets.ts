import { z } from 'zod'
import { sendJson } from '../../http/send-json.ts'
import { type BucketRow, bucketColumns, findBucket } from '../bucket-rows.ts'
import { checkBucketName } from '../check-key.ts'
import { describeBucket } from '../describe-object.ts'
import { bucketNotFound, StorageError, writeDenied } from '../storage-error.ts'
import { readInput, type StorageRequest } from './request.ts'

const sizeLimit = z
  .union([z.number().int().positive(), z.string().regex(/^\d+(\.\d+)?\s*(B|KB|MB|GB)?$/i)])
  .nullish()
  .transform((value) => (typeof value === 'string' ? toBytes(value) : value))
const changeSchema = z.object({
  public: z.boolean().nullish(),
  file_size_limit: sizeLimit,
  allowed_mime_types: z.array(z.string().max(100)).max(100).nullish(),
})
const createSchema = changeSchema.extend({ id: z.string().nullish(), name: z.string().min(1) })

/** POST /bucket */
export async function createBucket({ context, req, res, isService }: StorageRequest): Promise<void> {
  const input = await readInput(createSchema, req)
  if (!isService) throw writeDenied()
  const id = checkBucketName(input.id ?? input.name)
  const { rowCount } = await context.pool.query(
    `insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
     values ($1, $1, $2, $3, $4) on conflict do nothing`,
    [id, input.public ?? false, input.file_size_limit ?? null, input.allowed_mime_types ?? null],
  )
  if (rowCount === 0) throw new StorageError('BucketAlreadyExists', 'The resource already exists')
  sendJson(res, 200, { name: id })
}

/** GET /bucket */
export async function listBuckets({ context, res, query, isService }: StorageRequest): Promise<void> {
  if (!isService) return sendJson(res, 200, [])
  const column =
    ['id', 'name', 'created_at', 'updated_at'].find((name) => name === query.get('sortColumn')) ?? 'id'
  const { rows } = await context.pool.query<BucketRow>(
    `select ${bucketColumns} from storage.buckets where name ilike $1
      order by ${column} ${query.get('sortOrder') === 'desc' ? 'desc' : 'asc'} limit $2 offset $3`,
    [
      `%${(query.get('search') ?? '').replace(/[%_\\]/g, '\\$&')}%`,
      Math.min(1000, Number(query.get('limit')) || 1000),
      Math.max(0, Number(query.get('offset')) || 0),
    ],
  )
  sendJson(res, 200, rows.map(describeBucket))
}

/** GET /bucket/:id */
export async function readBucket({ context, res, isService }: StorageRequest, id: string): Promise<void> {
  if (!isService) throw bucketNotFound()
  sendJson(res, 200, describeBucket(await findBucket(context.pool, id)))
}

/** PUT /bucket/:id */
export async function updateBucket(
  { context, req, res, isService }: StorageRequest,
  id: string,
): Promise<void> {
  const input = await readInput(changeSchema, req)
  if (!isService) throw bucketNotFound()
  const bucket = await findBucket(context.pool, id)
  await context.pool.query(
    `update storage.buckets
        set public = $2, file_size_limit = $3, allowed_mime_types = $4, updated_at = now() where id = $1`,
    [
      id,
      input.public ?? bucket.public,
      input.file_size_limit === undefined ? bucket.file_size_limit : input.file_size_limit,
      input.allowed_mime_types === undefined ? bucket.allowed_mime_types : input.allowed_mime_types,
    ],
  )
  sendJson(res, 200, { message: 'Successfully updated' })
}

/** POST /bucket/:id/empty */
export async function emptyBucket({ context, res, isService }: StorageRequest, id: string): Promise<void> {
  if (!isService) throw bucketNotFound()
  await findBucket(context.pool, id)
  const { rows } = await context.pool.query<{ version: string }>(
    'delete from storage.objects where bucket_id = $1 returning version',
    [id],
  )
  context.objects.clear()
  for (const { version } of rows) await context.files.remove(version)
  sendJson(res, 200, { message: 'Successfully emptied' })
}

/** DELETE /bucket/:id */
export async function deleteBucket({ context, res, isService }: StorageRequest, id: string): Promise<void> {
  if (!isService) throw bucketNotFound()
  await findBucket(context.pool, id)
  const { rowCount } = await context.pool.query(
    `delete from storage.buckets
      where id = $1 and not exists (select 1 from storage.objects where bucket_id = $1)`,
    [id],
  )
  if (rowCount === 0) {
    throw new StorageError('BucketNotEmpty', 'The bucket you tried to delete is not empty')
  }
  sendJson(res, 200, { message: 'Successfully deleted' })
}

/** Reads a size with decimal units, like hosted storage: 10MB is 10 000 000 bytes. */
function toBytes(text: string): number {
  const [, amount = '0', unit = 'B'] = /^([\d.]+)\s*(B|KB|MB|GB)?$/i.exec(text) ?? []
  const factor = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }[unit.toUpperCase()] ?? 1
  return Math.floor(Number(amount) * factor)
}
