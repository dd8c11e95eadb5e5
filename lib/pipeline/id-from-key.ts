import { createHash } from 'node:crypto'

/** A UUID that is the same for the same work, so that writing its outcome down twice writes it once. */
export function idFromKey(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
