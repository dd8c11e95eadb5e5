import type { Pool } from 'pg'
import { type ObjectRow, readObject } from './object-rows.ts'

const rememberedForMs = 5 * 60 * 1000
const maxRemembered = 2_000

export interface RememberedObjects {
  /** Throws StorageError `NoSuchKey`. */
  read(bucketId: string, name: string): Promise<ObjectRow>
  /** To be called after every change of any object: all changes go through this process. */
  forget(): void
}

/**
 * A player asks for a piece every few seconds. What it plays is remembered, so that a busy or restarting
 * database is not heard.
 */
export function rememberObjects(pool: Pool, now: () => number = Date.now): RememberedObjects {
  const known = new Map<string, { row: ObjectRow; untilMs: number }>()
  let changes = 0
  return {
    async read(bucketId, name) {
      const key = `${bucketId}/${name}`
      const hit = known.get(key)
      if (hit && hit.untilMs > now()) return hit.row
      const changesBefore = changes
      const row = await readObject(pool, bucketId, name)
      // A change during the question may have made the answer old.
      if (changes === changesBefore) {
        if (known.size >= maxRemembered) known.clear()
        known.set(key, { row, untilMs: now() + rememberedForMs })
      }
      return row
    },
    forget() {
      changes += 1
      known.clear()
    },
  }
}
