import { type NextRequest, NextResponse } from 'next/server'
import { type AddressProblem, checkNamed, checkQuery } from '#app/_server/check-address.ts'
import { services } from '#app/_server/services.ts'
import {
  createSessionClient,
  type SessionClient,
  sessionCookieName,
} from '#lib/auth/create-session-client.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import { env } from '#lib/env.ts'
import { createNonce, embedPolicy, pagePolicy } from '#lib/http/content-security-policy.ts'
import { seriesEmbedScriptSource } from '#lib/sharing/series-embed-script.ts'

const policyHeader = 'content-security-policy'

/** Next.js renders its page for unknown addresses here: there is no such page. */
const unknownPath = '/not-found'
const refusedPath = '/bad-address'

/**
 * Renews a session that is about to end before a page is rendered, because a page cannot set cookies; `setCookies` sets
 * them on the answer. It grants no access: every page and route checks the session again.
 */
async function renewSession(
  request: NextRequest,
): Promise<{ session: SessionClient | null; setCookies: (response: NextResponse) => void }> {
  const toSet: ((response: NextResponse) => void)[] = []
  if (!request.cookies.getAll().some(({ name }) => name.startsWith(sessionCookieName))) {
    return { session: null, setCookies: () => {} }
  }
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY, SITE_URL } = env()
  const session = createSessionClient(
    { supabaseUrl: SUPABASE_URL, publishableKey: SUPABASE_PUBLISHABLE_KEY, siteUrl: SITE_URL },
    {
      getAll: () => request.cookies.getAll(),
      setAll(cookies, headers) {
        for (const { name, value } of cookies) request.cookies.set(name, value)
        toSet.push((response) => {
          for (const { name, value, options } of cookies) response.cookies.set({ ...options, name, value })
          for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
        })
      },
    },
  )
  await session.auth.getSession()
  const setCookies = (response: NextResponse) => {
    for (const set of toSet) set(response)
  }
  return { session, setCookies }
}

/** Decides which scripts may run in this answer. The framework reads the nonce from the header of the request. */
function choosePolicy(request: NextRequest): string {
  const { SUPABASE_URL, SUPABASE_PUBLIC_URL = SUPABASE_URL } = env()
  const storageUrl = SUPABASE_PUBLIC_URL
  const { pathname } = request.nextUrl
  const scriptSource = pathname.startsWith('/embed/series/') ? seriesEmbedScriptSource : null
  return pathname.startsWith('/embed/')
    ? embedPolicy({ storageUrl, scriptSource })
    : pagePolicy({ nonce: createNonce(), storageUrl })
}

/**
 * What is wrong with the address. Pages that a running page loads from here are left to themselves: only a document needs
 * its status and its text in the first answer.
 */
async function findProblem(
  request: NextRequest,
  session: SessionClient | null,
): Promise<AddressProblem | null> {
  const url = new URL(request.url)
  // The gateway asks for it in the place of an address that is not percent-encoded text.
  if (url.pathname === refusedPath) return { kind: 'unreadable' }
  const refused = checkQuery(url)
  if (refused || request.headers.get('sec-fetch-dest') === 'empty') return refused
  const userAgent = request.headers.get('user-agent')
  const readActor = async () =>
    session &&
    ((await resolveSession(services(), session, { trustSignature: true, userAgent }))?.actor ?? null)
  try {
    return await checkNamed(url, readActor)
  } catch (error) {
    // Without the database the page itself shows what to do.
    console.error('An address could not be checked:', error)
    return null
  }
}

/** The page at the address, or the one that explains what is wrong with it. A page cannot choose its status itself. */
function answerWith(request: NextRequest, problem: AddressProblem | null): NextResponse {
  const url = new URL(request.url)
  switch (problem?.kind) {
    case undefined:
      return NextResponse.next({ request })
    case 'moved':
      url.searchParams.set(problem.name, problem.slug)
      return NextResponse.redirect(url, 308)
    case 'not-found':
      url.pathname = unknownPath
      url.search = ''
      return NextResponse.rewrite(url, { request })
    case 'unreadable':
      url.pathname = refusedPath
      url.search = ''
      return NextResponse.rewrite(url, { request, status: 400 })
    case 'refused': {
      url.searchParams.delete(problem.name)
      const without = `${url.pathname}${url.search}`
      url.pathname = refusedPath
      url.search = new URLSearchParams({ name: problem.name, without }).toString()
      return NextResponse.rewrite(url, { request, status: 400 })
    }
  }
}

/** Answers for addresses that name nothing or are not valid, renews sessions, and sets the content security policy. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  // Hot reload evaluates code.
  const policy = env().NODE_ENV === 'development' ? null : choosePolicy(request)
  const { session, setCookies } = await renewSession(request)
  const problem = await findProblem(request, session)
  if (policy !== null) request.headers.set(policyHeader, policy)
  const response = answerWith(request, problem)
  setCookies(response)
  if (policy !== null) response.headers.set(policyHeader, policy)
  return response
}

// The framework cuts bodies that pass a proxy at 10 MB, so no route with a body may match. Forms of pages are
// smaller (next.config.mjs).

export const config = {
  matcher: ['/((?!api/|storage/|auth/v1/|_next/|feeds/).*)'],
}
