import { createSessionClient, type SessionCookie } from '#lib/auth/create-session-client.ts'
import type { SupabaseTarget } from './supabase-target.ts'

/** A browser for session tests: a cookie jar that is kept between requests. */
export function createCookieBrowser(target: SupabaseTarget) {
  const jar = new Map<string, string>()
  const written: SessionCookie[] = []
  const answerHeaders: Record<string, string> = {}
  const request = () =>
    createSessionClient(
      { supabaseUrl: target.url, publishableKey: target.publishableKey, siteUrl: 'https://example.org' },
      {
        getAll: () => [...jar].map(([name, value]) => ({ name, value })),
        setAll: (cookies, headers) => {
          written.push(...cookies)
          Object.assign(answerHeaders, headers)
          for (const { name, value } of cookies) {
            if (value === '') jar.delete(name)
            else jar.set(name, value)
          }
        },
      },
    )
  return { jar, written, answerHeaders, request }
}
