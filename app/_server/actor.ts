import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { services } from '#app/_server/services.ts'
import { type Actor, type Member, requireMember } from '#lib/auth/actor.ts'
import { createSessionClient, sessionCookieName } from '#lib/auth/create-session-client.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import type { Role } from '#lib/db/schema.ts'

/** The signed-in person who opened this page and the id of their session, or null. Read once per request. */
const currentSession = cache(async (): Promise<{ actor: Actor; sessionId: string } | null> => {
  const store = await cookies()
  if (!store.getAll().some(({ name }) => name.startsWith(sessionCookieName))) return null
  const { env, db } = services()
  const session = createSessionClient(
    { supabaseUrl: env.SUPABASE_URL, publishableKey: env.SUPABASE_PUBLISHABLE_KEY, siteUrl: env.SITE_URL },
    {
      getAll: () => store.getAll(),
      // A page cannot set cookies; the proxy has refreshed the session before it was rendered.
      setAll: () => {},
    },
  )
  return resolveSession({ db }, session, {
    trustSignature: true,
    userAgent: (await headers()).get('user-agent'),
  })
})

/** The signed-in person who opened this page, or null. */
export async function currentActor(): Promise<Actor | null> {
  return (await currentSession())?.actor ?? null
}

/** The signed-in person. Everyone else is redirected to sign in and returns to `path` afterwards. */
export async function requireActor(path: string): Promise<Actor> {
  return (await currentActor()) ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`)
}

/** The signed-in person in their church, for a page at `path`. */
export async function requirePageMember(path: string, role: Role = 'viewer'): Promise<Member> {
  return requireMember(await requireActor(path), { role })
}

/** As `requirePageMember`, with the id of the session. */
export async function requirePageSession(path: string): Promise<Member & { sessionId: string }> {
  const member = await requirePageMember(path)
  return { ...member, sessionId: (await currentSession())?.sessionId ?? '' }
}
