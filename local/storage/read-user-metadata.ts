import { StorageError } from './storage-error.ts'

/**
 * Reads the user's metadata of an upload: a JSON object, or null if there is none. Throws StorageError
 * `InvalidRequest` for anything else, however the upload is sent.
 */
export function readUserMetadata(json: string | null | undefined): Record<string, unknown> | null {
  if (json === undefined || json === null || json === '') return null
  const value = parse(json)
  if (value === null) return null
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new StorageError('InvalidRequest', 'The metadata must be a JSON object')
  }
  return { ...value }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new StorageError('InvalidRequest', 'The metadata is not JSON')
  }
}
