import { type NextRequest, NextResponse } from 'next/server'
import { createSessionClient, sessionCookieName } from '#lib/auth/create-session-client.ts'
import { env } from '#lib/env.ts'
import { createNonce, embedPolicy, pagePolicy } from '#lib/http/content-security-policy.ts'
import { chooseLanguage } from '#lib/messages/choose-language.ts'
import { languages } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import { isCursor } from '#lib/sermons/page-cursor.ts'
import { sermonFilterQuery } from '#lib/sermons/sermon-filter-query.ts'

const policyHeader = 'content-security-policy'

/** A page cannot answer 400 itself. None of our links leads here, so the answer has no layout. */
function refuseAddress(request: NextRequest): NextResponse {
  const language = chooseLanguage(request.headers.get('accept-language'), [...languages.keys()])
  const { common, errors } = readMessages(language)
  const html = `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${errors.badCursorTitle}</title><h1>${errors.badCursorTitle}</h1><p>${errors.badCursorText}</p><p><a href="/">${common.goToSermons}</a></p></html>`
  return new NextResponse(html, { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' } })
}

/**
 * Renews a session that is about to end before a page is rendered, because a page cannot set cookies.
 * It grants no access: every page and route checks the session again.
 */
async function renewSession(request: NextRequest): Promise<NextResponse> {
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

/** Decides which scripts may run in this answer. The framework reads the nonce from the header of the request. */
function choosePolicy(request: NextRequest): string {
  const { SUPABASE_URL, SUPABASE_PUBLIC_URL = SUPABASE_URL } = env()
  const storageUrl = SUPABASE_PUBLIC_URL
  return request.nextUrl.pathname.startsWith('/embed/')
    ? embedPolicy({ storageUrl })
    : pagePolicy({ nonce: createNonce(), storageUrl })
}

/** Sets the content security policy of pages and renews sessions. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const after = request.nextUrl.searchParams.get('after')
  if (after !== null && !isCursor(after)) return refuseAddress(request)
  const { pathname, searchParams } = request.nextUrl
  if (pathname === '/sermons' && !sermonFilterQuery.safeParse(Object.fromEntries(searchParams)).success) {
    return refuseAddress(request)
  }
  // Hot reload evaluates code.
  if (env().NODE_ENV === 'development') return renewSession(request)
  const policy = choosePolicy(request)
  request.headers.set(policyHeader, policy)
  const response = await renewSession(request)
  response.headers.set(policyHeader, policy)
  return response
}

// The framework cuts bodies that pass a proxy at 10 MB, so no route with a body may match. Forms of pages are
// smaller (next.config.mjs).

export const config = {
  matcher: ['/((?!api/|storage/|auth/|_next/|feeds/).*)'],
}
