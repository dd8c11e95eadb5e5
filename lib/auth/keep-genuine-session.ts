import { combineChunks } from '@supabase/ssr'
import { compactVerify, createRemoteJWKSet, errors } from 'jose'
import { z } from 'zod'

type Cookie = { name: string; value: string }
type KeySet = ReturnType<typeof createRemoteJWKSet>

const storedSchema = z.object({ access_token: z.string(), expires_at: z.number() })
/** The SDK renews a session that is about to end. */
const renewedMs = 90_000
const keySets = new Map<string, KeySet>()

/**
 * The cookies of a request without a session that Auth has not signed. Otherwise the SDK would send its refresh token to Auth, and
 * write each refusal to the log: anyone could fill the log and keep Auth busy. A session that is not renewed yet is checked by those who
 * read it.
 */
export async function keepGenuineSession(
  cookies: Cookie[],
  { name, supabaseUrl }: { name: string; supabaseUrl: string },
): Promise<Cookie[]> {
  const findValue = (wanted: string) => cookies.find((cookie) => cookie.name === wanted)?.value
  const value = await combineChunks(name, findValue)
  if (value === null) return cookies
  const stored = read(value)
  if (stored && stored.expires_at * 1000 > Date.now() + renewedMs) return cookies
  if (stored && (await isSignedByAuth(stored.access_token, supabaseUrl))) return cookies
  return cookies.filter((cookie) => !cookie.name.startsWith(name))
}

function read(value: string): z.infer<typeof storedSchema> | null {
  try {
    const [, encoded] = /^base64-(.*)$/s.exec(value) ?? []
    const json = encoded === undefined ? value : Buffer.from(encoded, 'base64url').toString('utf8')
    return storedSchema.parse(JSON.parse(json))
  } catch {
    return null
  }
}

/** Whether Auth signed a token, which may have ended. True when that cannot be known. */
async function isSignedByAuth(token: string, supabaseUrl: string): Promise<boolean> {
  const address = new URL('/auth/v1/.well-known/jwks.json', supabaseUrl)
  const keySet = keySets.get(address.href) ?? createRemoteJWKSet(address)
  keySets.set(address.href, keySet)
  try {
    await compactVerify(token, keySet)
    return true
  } catch (error) {
    if (error instanceof errors.JWSInvalid || error instanceof errors.JWSSignatureVerificationFailed) {
      return false
    }
    const isUnknown =
      error instanceof errors.JWKSNoMatchingKey ||
      error instanceof errors.JOSENotSupported ||
      error instanceof errors.JOSEAlgNotAllowed
    // Older hosted projects sign with a secret and publish no key.
    return !isUnknown || keySet.jwks()?.keys.length === 0
  }
}
