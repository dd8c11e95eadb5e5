import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface ApiKeys {
  publishableKey: string
  secretKey: string
}

export interface Caller {
  /** The role of the API key; null when the key is missing or wrong. */
  key: 'service_role' | 'anon' | null
  /** A user's own access token, not checked yet. */
  userToken: string | undefined
}

/**
 * Reads the API key and the user token of a request. SDKs without a session put the key into
 * `Authorization` too, so a bearer that starts with `sb_` is a key and not a user.
 */
export function identifyCaller(req: IncomingMessage, keys: ApiKeys): Caller {
  const bearer = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '')?.[1]
  const bearerIsKey = bearer?.startsWith('sb_') === true
  const header = req.headers.apikey
  const given = (Array.isArray(header) ? header[0] : header) ?? (bearerIsKey ? bearer : undefined)
  const key =
    given === undefined
      ? null
      : isSame(given, keys.secretKey)
        ? 'service_role'
        : isSame(given, keys.publishableKey)
          ? 'anon'
          : null
  const userToken = bearerIsKey ? undefined : bearer
  // A user's token together with the secret key limits the rights to the user's, as on a hosted project.
  if (key === 'service_role' && userToken !== undefined) return { key: 'anon', userToken }
  return { key, userToken }
}

/** Whether a browser sends the secret key. It must never have it, so the request is refused. */
export function isSecretKeyInBrowser(req: IncomingMessage, caller: Caller): boolean {
  return caller.key === 'service_role' && /^Mozilla\//.test(req.headers['user-agent'] ?? '')
}

/** Compares in a time that does not show where the difference is. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(expected).digest(),
  )
}
