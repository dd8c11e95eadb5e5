import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'
import { type Actor, readActor } from '#lib/auth/actor.ts'
import {
  createSessionClient,
  type SessionClient,
  type SessionCookie,
  sessionCookieName,
} from '#lib/auth/create-session-client.ts'
import { requireSameOrigin } from '#lib/auth/require-same-origin.ts'
import { resolveTokenActor } from '#lib/auth/resolve-token-actor.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'

const safeMethods = new Set(['GET', 'HEAD'])

/**
 * Who sent a request: the owner of its bearer token, else of its session cookie, else nobody (null).
 * Throws `not_signed_in` for a bearer token that is not (or no longer) good, and `forbidden` for a
 * state-changing request that another site made with our cookie.
 * `setCookie` receives `Set-Cookie` values when the session was refreshed on the way.
 */
export async function resolveRequestActor(
  services: { db: Database; env: Pick<Env, 'SITE_URL' | 'SUPABASE_URL' | 'SUPABASE_PUBLISHABLE_KEY'> },
  request: Request,
  setCookie: (cookie: string) => void,
): Promise<Actor | null> {
  const authorization = request.headers.get('authorization')
  if (authorization) {
    const [scheme, token] = authorization.split(' ')
    const actor =
      scheme?.toLowerCase() === 'bearer' && token ? await resolveTokenActor(services, token) : null
    if (!actor)
      throw new AppError('not_signed_in', 'This API token is not valid. Make a new one in Settings.')
    return actor
  }
  const cookieHeader = request.headers.get('cookie') ?? ''
  if (!cookieHeader.includes(sessionCookieName)) return null
  requireSameOrigin(request, services.env.SITE_URL)
  const session = createSessionClient(
    {
      supabaseUrl: services.env.SUPABASE_URL,
      publishableKey: services.env.SUPABASE_PUBLISHABLE_KEY,
      siteUrl: services.env.SITE_URL,
    },
    {
      getAll: () => parseCookieHeader(cookieHeader).map(({ name, value }) => ({ name, value: value ?? '' })),
      setAll: (cookies) => {
        for (const cookie of cookies) setCookie(serializeSessionCookie(cookie))
      },
    },
  )
  return resolveSessionActor(services, session, { trustSignature: safeMethods.has(request.method) })
}

function serializeSessionCookie({ name, value, options }: SessionCookie): string {
  return serializeCookieHeader(name, value, {
    path: options.path ?? '/',
    httpOnly: options.httpOnly ?? true,
    secure: options.secure ?? false,
    sameSite: options.sameSite ?? 'lax',
    ...(options.maxAge === undefined ? {} : { maxAge: options.maxAge }),
    ...(options.expires === undefined ? {} : { expires: options.expires }),
  })
}

/**
 * The person of a session. With `trustSignature` an unexpired signed token is enough; without it the
 * auth server is asked, which also sees a session that was revoked in the meantime.
 */
export async function resolveSessionActor(
  services: { db: Database },
  session: SessionClient,
  options: { trustSignature: boolean },
): Promise<Actor | null> {
  if (options.trustSignature) {
    const { data } = await session.auth.getClaims()
    return data ? readActor(services, data.claims.sub) : null
  }
  const { data } = await session.auth.getUser()
  return data.user ? readActor(services, data.user.id) : null
}
