import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether an `Authorization` header has this bearer token. Compares in constant time. */
export function bearerTokenMatches(authorization: string | null, token: string): boolean {
  const [, presented] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  return timingSafeEqual(digest(presented ?? ''), digest(token)) && presented !== undefined
}

// Digests have the same length for every input.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
