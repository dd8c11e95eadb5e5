import { existsSync } from 'node:fs'
import path from 'node:path'

/** Returns the path of a file in the shared test data (next to the repository or in SELAH_SHARED_DIR), or null. */
export function findSharedData(relativePath: string): string | null {
  const root = process.env.SELAH_SHARED_DIR ?? path.resolve(import.meta.dirname, '../../shared')
  const file = path.join(root, 'data', relativePath)
  return existsSync(file) ? file : null
}
