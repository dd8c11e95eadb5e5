import { type NextRequest, NextResponse } from 'next/server'
import { createSessionClient, sessionCookieName } from '#lib/auth/create-session-client.ts'
import { env } from '#lib/env.ts'

/**
 * Renews a session that is about to end before a page is rendered, because a page cannot set cookies.
 * It decides nothing: every page and route asks again who is there.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  let response = NextResponse.next({ request })
  if (!request.cookies.getAll().some(({ name }) => name.startsWith(sessionCookieName))) return response
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SITE_URL } = env()
  const session = createSessionClient(
    { supabaseUrl: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY, siteUrl: SITE_URL },
    {
      getAll: () => request.cookies.getAll(),
      setAll(cookies, headers) {
        for (const { name, value } of cookies) request.cookies.set(name, value)
        response = NextResponse.next({ request })
        for (const { name, value, options } of cookies) response.cookies.set({ ...options, name, value })
        for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
      },
    },
  )
  await session.auth.getSession()
  return response
}

// Bodies that pass a proxy are cut at 10 MB, so nothing that takes one may match.
export const config = {
  matcher: ['/((?!api/|storage/|auth/|_next/|.*\\.[a-z0-9]+$).*)'],
}
