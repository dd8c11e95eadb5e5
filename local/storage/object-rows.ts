import type { Pool } from 'pg'
import { alreadyExists, objectNotFound } from './storage-error.ts'

export interface ObjectMetadata {
  eTag: string
  size: number
  mimetype: string
  cacheControl: string
  lastModified: string
  contentLength: number
  httpStatusCode: number
}

export interface ObjectRow {
  id: string
  bucket_id: string
  name: string
  version: string
  metadata: ObjectMetadata
  user_metadata: Record<string, unknown> | null
  created_at: Date
  updated_at: Date
  last_accessed_at: Date
}

export const objectColumns =
  'id, bucket_id, name, version, metadata, user_metadata, created_at, updated_at, last_accessed_at'

export async function findObject(pool: Pool, bucketId: string, name: string): Promise<ObjectRow | undefined> {
  const { rows } = await pool.query<ObjectRow>(
    `select ${objectColumns} from storage.objects where bucket_id = $1 and name = $2`,
    [bucketId, name],
  )
  return rows[0]
}

/** Throws StorageError `NoSuchKey`. */
export async function readObject(pool: Pool, bucketId: string, name: string): Promise<ObjectRow> {
  const row = await findObject(pool, bucketId, name)
  if (!row) throw objectNotFound()
  return row
}

export interface NewObject {
  bucketId: string
  name: string
  version: string
  sizeBytes: number
  contentType: string
  cacheControl: string
  userMetadata: Record<string, unknown> | null
}

/**
 * Makes a version the current content of a name. Returns the version it replaced, which the caller must
 * remove. Throws StorageError `KeyAlreadyExists` unless `upsert`.
 */
export async function putObject(
  { pool, objects }: { pool: Pool; objects: { clear(): void } },
  object: NewObject,
  upsert: boolean,
): Promise<{ id: string; replacedVersion: string | undefined }> {
  const metadata: ObjectMetadata = {
    eTag: `"${object.version.replaceAll('-', '')}"`,
    size: object.sizeBytes,
    mimetype: object.contentType,
    cacheControl: object.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: object.sizeBytes,
    httpStatusCode: 200,
  }
  const values = [
    object.bucketId,
    object.name,
    object.version,
    JSON.stringify(metadata),
    object.userMetadata === null ? null : JSON.stringify(object.userMetadata),
  ]
  // One statement, so that the replaced version is read from the same snapshot.
  const { rows } = await pool.query<{ id: string; version: string; replaced: string | null }>(
    `with before as (
       select version from storage.objects where bucket_id = $1 and name = $2
     )
     insert into storage.objects as o (bucket_id, name, version, metadata, user_metadata)
     values ($1, $2, $3, $4, $5)
     on conflict (bucket_id, name) do ${
       upsert
         ? `update set version = excluded.version, metadata = excluded.metadata,
                       user_metadata = excluded.user_metadata, updated_at = now()`
         : 'nothing'
     }
     returning o.id, o.version, (select version from before) as replaced`,
    values,
  )
  objects.clear()
  const row = rows[0]
  if (row) return { id: row.id, replacedVersion: row.replaced ?? undefined }
  const existing = await findObject(pool, object.bucketId, object.name)
  if (existing?.version === object.version) return { id: existing.id, replacedVersion: undefined }
  throw alreadyExists()
}
