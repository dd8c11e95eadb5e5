import { cookies } from 'next/headers'
import { services } from '#app/_server/services.ts'
import { createSessionClient, type SessionClient } from '#lib/auth/create-session-client.ts'

/**
 * The session client of a route handler, which may set cookies. Copy `answerHeaders` to the response: they keep
 * it out of every cache. With the secret key as `key`, the auth server does not limit sign-ins; the caller does.
 */
export async function openSession({
  key,
}: {
  key?: string
} = {}): Promise<{ session: SessionClient; answerHeaders: Headers }> {
  const store = await cookies()
  const { env } = services()
  const answerHeaders = new Headers({ 'cache-control': 'private, no-store' })
  const session = createSessionClient(
    {
      supabaseUrl: env.SUPABASE_URL,
      publishableKey: key ?? env.SUPABASE_PUBLISHABLE_KEY,
      siteUrl: env.SITE_URL,
    },
    {
      getAll: () => store.getAll(),
      setAll(written, headers) {
        for (const { name, value, options } of written) {
          store.set(
            name,
            value,
            Object.fromEntries(Object.entries(options).filter(([, v]) => v !== undefined)),
          )
        }
        for (const [name, value] of Object.entries(headers)) answerHeaders.set(name, value)
      },
    },
  )
  return { session, answerHeaders }
}
