import { existsSync } from 'node:fs'
import path from 'node:path'

/** A file of the shared test data beside the repository (or in SELAH_SHARED_DIR), or null where there is none. */
export function findSharedData(relativePath: string): string | null {
  const root = process.env.SELAH_SHARED_DIR ?? path.resolve(import.meta.dirname, '../../shared')
  const file = path.join(root, 'data', relativePath)
  return existsSync(file) ? file : null
}
