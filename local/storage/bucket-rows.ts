import type { Pool } from 'pg'
import { bucketNotFound } from './storage-error.ts'

export interface BucketRow {
  id: string
  name: string
  owner: string | null
  public: boolean
  type: string
  /** Bytes. */
  file_size_limit: number | null
  allowed_mime_types: string[] | null
  created_at: Date
  updated_at: Date
}

export const bucketColumns =
  'id, name, owner, public, type, file_size_limit::float8 as file_size_limit, allowed_mime_types, created_at, updated_at'

/** Throws StorageError `NoSuchBucket`. */
export async function findBucket(pool: Pool, id: string): Promise<BucketRow> {
  const { rows } = await pool.query<BucketRow>(`select ${bucketColumns} from storage.buckets where id = $1`, [
    id,
  ])
  const bucket = rows[0]
  if (!bucket) throw bucketNotFound()
  return bucket
}

/** Returns the maximum size of an object in this bucket, in bytes. */
export function bucketLimit(bucket: BucketRow, maxObjectBytes: number): number {
  return Math.min(bucket.file_size_limit ?? maxObjectBytes, maxObjectBytes)
}
