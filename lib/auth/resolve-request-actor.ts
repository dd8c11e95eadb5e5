import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr'
import { z } from 'zod'
import { type Actor, readActor } from '#lib/auth/actor.ts'
import {
  createSessionClient,
  type SessionClient,
  type SessionCookie,
  sessionCookieName,
} from '#lib/auth/create-session-client.ts'
import { requireSameOrigin } from '#lib/auth/require-same-origin.ts'
import { resolveTokenActor } from '#lib/auth/resolve-token-actor.ts'
import { touchSession } from '#lib/auth/sessions.ts'
import type { Database } from '#lib/db/connect-database.ts'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'

const safeMethods = new Set(['GET', 'HEAD'])

/**
 * Finds who sent a request: the owner of its bearer token or else of its session cookie; null without either.
 * Throws `not_signed_in` for a bearer token that is not (or no longer) valid, and `forbidden` for a
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
      throw new AppError('not_signed_in', 'This API token is not valid. Create a new one in Settings.')
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
  const resolved = await resolveSession(services, session, {
    trustSignature: safeMethods.has(request.method),
    userAgent: request.headers.get('user-agent'),
  })
  return resolved?.actor ?? null
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
 * The person of a session that is still open, and the id of the session. With `trustSignature` a signed token is enough
 * and Auth's table of sessions is read; without it, and for a session that is not in the table, the auth server is asked as
 * well, which also sees an account that was blocked. `userAgent` is the header of the request, by which people recognise the session in a list.
 */
export async function resolveSession(
  services: { db: Database },
  session: SessionClient,
  options: { trustSignature: boolean; userAgent: string | null },
): Promise<{ actor: Actor; sessionId: string } | null> {
  const askAuth = async () => (await session.auth.getUser()).data.user !== null
  if (!options.trustSignature && !(await askAuth())) return null
  const { data } = await session.auth.getClaims()
  if (!data) return null
  const { sub: userId, session_id: sessionId, amr } = data.claims
  const [isOpen, actor] = await Promise.all([
    touchSession(services, {
      sessionId,
      userId,
      userAgent: options.userAgent,
      askAuth: options.trustSignature ? askAuth : async () => true,
    }),
    readActor(services, userId),
  ])
  if (!isOpen || !actor) return null
  return {
    actor: { ...actor, grant: { kind: 'session', id: sessionId, signedInAt: lastSignIn(amr) } },
    sessionId,
  }
}

const methodsSchema = z.array(z.object({ timestamp: z.number() }))

/** The time of the newest method by which the session was opened. Without one, the session counts as old. */
function lastSignIn(methods: unknown): Date {
  const read = methodsSchema.safeParse(methods)
  return new Date(Math.max(0, ...(read.data ?? []).map(({ timestamp }) => timestamp)) * 1000)
}
