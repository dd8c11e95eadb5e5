import { createServerClient } from '@supabase/ssr'
import type { SupabaseClient } from '@supabase/supabase-js'
import { keepGenuineSession } from '#lib/auth/keep-genuine-session.ts'

export type SessionClient = SupabaseClient

/** Fixed, because the default name depends on the host of SUPABASE_URL: a new host would sign everyone out. */
export const sessionCookieName = 'selah-session'

export interface SessionCookie {
  name: string
  value: string
  options: {
    path?: string | undefined
    domain?: string | undefined
    maxAge?: number | undefined
    expires?: Date | undefined
    httpOnly?: boolean | undefined
    secure?: boolean | undefined
    sameSite?: boolean | 'lax' | 'strict' | 'none' | undefined
  }
}

/** The cookies of a request and its answer, in any framework. */
export interface SessionCookies {
  getAll(): { name: string; value: string }[] | Promise<{ name: string; value: string }[]>
  /** Copy `headers` to the answer as well: they prevent caches from storing an answer that sets a session. */
  setAll(cookies: SessionCookie[], headers: Record<string, string>): void | Promise<void>
}

/**
 * A Supabase Auth client for one request, with its session in HttpOnly cookies. Create a new client for every
 * request. Trust `auth.getUser()` (asks the auth server, so it sees sign-outs) or `auth.getClaims()` (verifies the
 * signature only), never `auth.getSession().user`.
 */
export function createSessionClient(
  options: { supabaseUrl: string; publishableKey: string; siteUrl: string },
  cookies: SessionCookies,
): SessionClient {
  // The SDK removes a session whose refresh was refused with 429. It is still valid: Auth was busy, perhaps with others.
  let wasLimited = false
  const noteLimits: typeof fetch = async (...request) => {
    const response = await fetch(...request)
    if (response.status === 429) wasLimited = true
    return response
  }
  return createServerClient(options.supabaseUrl, options.publishableKey, {
    global: { fetch: noteLimits },
    cookieOptions: {
      name: sessionCookieName,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: options.siteUrl.startsWith('https:'),
    },
    cookies: {
      getAll: async () =>
        keepGenuineSession(await cookies.getAll(), {
          name: sessionCookieName,
          supabaseUrl: options.supabaseUrl,
        }),
      setAll: (written, headers) => (wasLimited ? undefined : cookies.setAll(written, headers)),
    },
  })
}
