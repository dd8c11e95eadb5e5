import type { Pool } from 'pg'
import { type ObjectRow, readObject } from './object-rows.ts'

const lifeMs = 5 * 60 * 1000
const maxEntries = 2_000

/** Cache of object rows. */
export interface ObjectCache {
  /** Throws StorageError `NoSuchKey`. */
  read(bucketId: string, name: string): Promise<ObjectRow>
  /** Must be called after every change of an object; all changes are made by this process. */
  clear(): void
}

/**
 * A player requests a part of its object every few seconds. With the cache, playback continues while the
 * database is busy or restarting.
 */
export function createObjectCache(pool: Pool, now: () => number = Date.now): ObjectCache {
  const entries = new Map<string, { row: ObjectRow; untilMs: number }>()
  let changes = 0
  return {
    async read(bucketId, name) {
      const key = `${bucketId}/${name}`
      const hit = entries.get(key)
      if (hit && hit.untilMs > now()) return hit.row
      const changesBefore = changes
      const row = await readObject(pool, bucketId, name)
      // A change during the query may have made its result stale.
      if (changes === changesBefore) {
        if (entries.size >= maxEntries) entries.clear()
        entries.set(key, { row, untilMs: now() + lifeMs })
      }
      return row
    },
    clear() {
      changes += 1
      entries.clear()
    },
  }
}
