import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether an `Authorization` header carries this bearer token. Takes as long for a near miss as for any other. */
export function bearerTokenMatches(authorization: string | null, token: string): boolean {
  const [, presented] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  return timingSafeEqual(digest(presented ?? ''), digest(token)) && presented !== undefined
}

// Digests are of one length, whatever was presented.
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
