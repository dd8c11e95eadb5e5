import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { StorageError } from './storage-error.ts'

export interface SignedRight {
  scope: 'download' | 'upload'
  /** `bucket/key` */
  url: string
  /** The upload may replace an object. */
  upsert: boolean
  issuedAtMs: number
  expiresAtSeconds: number
}

export interface SignedTokens {
  sign(right: Omit<SignedRight, 'issuedAtMs' | 'expiresAtSeconds'>, lifeSeconds: number): Promise<string>
  /** Throws StorageError `InvalidJWT` (forged, expired) or `InvalidSignature` (for another object or scope). */
  verify(token: string, expected: { scope: SignedRight['scope']; url?: string }): Promise<SignedRight>
}

const claimsSchema = z.object({
  url: z.string(),
  scope: z.enum(['download', 'upload']),
  upsert: z.boolean().optional(),
  /** `iat` has whole seconds only. */
  issuedAtMs: z.number(),
  exp: z.number(),
})
type Claims = z.infer<typeof claimsSchema>

/** Several for each listener of a full church. One is less than 1 kB. */
const maxRemembered = 5_000

/** Signs rights to one object with storage's own secret, so that an Auth token never opens an object. */
export function createSignedTokens(secret: string): SignedTokens {
  const key = new TextEncoder().encode(secret)
  const remembered = new Map<string, Claims>()

  /** A player sends the same token with each part: its signature is checked once, and its time always. */
  const readClaims = async (token: string): Promise<Claims> => {
    const known = remembered.get(token)
    if (known && known.exp > Math.floor(Date.now() / 1000)) return known
    remembered.delete(token)
    const claims = await checkToken(token, key)
    const [oldest] = remembered.keys()
    if (remembered.size >= maxRemembered && oldest !== undefined) remembered.delete(oldest)
    remembered.set(token, claims)
    return claims
  }

  return {
    sign: (right, lifeSeconds) => {
      const issuedAtMs = Date.now()
      const issuedAt = Math.floor(issuedAtMs / 1000)
      return new SignJWT({
        url: right.url,
        scope: right.scope,
        issuedAtMs,
        ...(right.upsert ? { upsert: true } : {}),
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifeSeconds)
        .sign(key)
    },
    async verify(token, expected) {
      const claims = await readClaims(token)
      if (claims.scope !== expected.scope || (expected.url !== undefined && claims.url !== expected.url)) {
        throw new StorageError('InvalidSignature', 'Invalid signature')
      }
      return {
        scope: claims.scope,
        url: claims.url,
        upsert: claims.upsert ?? false,
        issuedAtMs: claims.issuedAtMs,
        expiresAtSeconds: claims.exp,
      }
    },
  }
}

async function checkToken(token: string, key: Uint8Array): Promise<Claims> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] })
    return claimsSchema.parse(payload)
  } catch (error) {
    const isExpired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED'
    throw new StorageError(
      'InvalidJWT',
      isExpired ? '"exp" claim timestamp check failed' : 'Invalid Compact JWS',
    )
  }
}
