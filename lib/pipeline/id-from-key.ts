import { createHash } from 'node:crypto'

/** Derives a UUID from the key: the same work gets the same id, so that its result cannot be stored twice. */
export function idFromKey(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
