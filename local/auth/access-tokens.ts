import { calculateJwkThumbprint, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { AuthError } from './auth-error.ts'
import type { UserRow } from './user-row.ts'

const claimsSchema = z.object({ sub: z.uuid(), session_id: z.uuid(), exp: z.number() })
export type AccessClaims = z.infer<typeof claimsSchema>

export interface AccessTokens {
  /** Public keys, as `/.well-known/jwks.json` shows them. */
  jwks: { keys: JWK[] }
  sign(
    user: UserRow,
    session: { id: string; methods: { method: string; timestamp: number }[] },
  ): Promise<{ token: string; expiresIn: number; expiresAt: number }>
  /** Throws AuthError 403 `bad_jwt` for anything but a valid token of this service. */
  verify(token: string): Promise<AccessClaims>
}

/** Signs and checks access tokens with one ES256 key pair, given as a private JWK in JSON. */
export async function createAccessTokens(options: {
  privateJwk: string
  issuer: string
  lifeSeconds: number
}): Promise<AccessTokens> {
  const jwk: JWK = z
    .looseObject({ kty: z.literal('EC'), crv: z.literal('P-256') })
    .parse(JSON.parse(options.privateJwk))
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk))
  const { d: _private, ...publicPart } = jwk
  const publicJwk: JWK = { ...publicPart, kid, alg: 'ES256', use: 'sig', key_ops: ['verify'] }
  const privateKey = await importJWK({ ...jwk, key_ops: ['sign'] }, 'ES256')
  const publicKey = await importJWK(publicJwk, 'ES256')

  return {
    jwks: { keys: [publicJwk] },
    async sign(user, session) {
      const issuedAt = Math.floor(Date.now() / 1000)
      const expiresAt = issuedAt + options.lifeSeconds
      const token = await new SignJWT({
        email: user.email ?? '',
        phone: '',
        role: user.role,
        session_id: session.id,
        aal: 'aal1',
        amr: session.methods,
        app_metadata: user.raw_app_meta_data,
        user_metadata: user.raw_user_meta_data,
        is_anonymous: user.is_anonymous,
      })
        .setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' })
        .setIssuer(options.issuer)
        .setAudience('authenticated')
        .setSubject(user.id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(privateKey)
      return { token, expiresIn: options.lifeSeconds, expiresAt }
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          issuer: options.issuer,
          audience: 'authenticated',
          algorithms: ['ES256'],
        })
        return claimsSchema.parse(payload)
      } catch {
        throw new AuthError(403, 'bad_jwt', 'invalid JWT: unable to parse or verify signature')
      }
    },
  }
}
