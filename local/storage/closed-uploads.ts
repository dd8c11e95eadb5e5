import type { Pool } from 'pg'
import { uploadClosed } from './storage-error.ts'

/** The maximum life of a signature. */
export const SIGNATURE_LIFE_SECONDS = 2 * 60 * 60

/** Ends all signatures for uploads to these names that were granted before now. */
export async function closeSignatures(pool: Pool, bucketId: string, names: readonly string[]): Promise<void> {
  const nowMs = Date.now()
  await pool.query('delete from storage_local.closed_uploads where closed_at_ms < $1', [
    nowMs - SIGNATURE_LIFE_SECONDS * 1000,
  ])
  await pool.query(
    `insert into storage_local.closed_uploads (bucket_id, name, closed_at_ms)
     select distinct $1::text, closed.name, $3::bigint from unnest($2::text[]) as closed(name)
     on conflict (bucket_id, name) do update set closed_at_ms = excluded.closed_at_ms`,
    [bucketId, names, nowMs],
  )
}

/** Throws StorageError `UploadClosed` when the object was removed after the signature was granted. */
export async function checkStillGranted(
  pool: Pool,
  { bucketId, key, issuedAtMs }: { bucketId: string; key: string; issuedAtMs: number },
): Promise<void> {
  const { rows } = await pool.query(
    'select 1 from storage_local.closed_uploads where bucket_id = $1 and name = $2 and closed_at_ms >= $3',
    [bucketId, key, issuedAtMs],
  )
  if (rows.length > 0) throw uploadClosed()
}
