import { createClient } from '@supabase/supabase-js'
import { readActor, requireMember } from '#lib/auth/actor.ts'
import { createApiToken } from '#lib/auth/api-tokens.ts'
import { signInWithCode } from '#lib/auth/sign-in-with-code.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'

/**
 * An API token for a user who gives their email address and password: how the command line signs in.
 * Throws what `signInWithCode` does, and `forbidden` for a person who belongs to no church.
 */
export async function signInForToken(
  services: { db: Database; env: Pick<Env, 'SUPABASE_URL' | 'SUPABASE_SECRET_KEY'> },
  input: {
    email: string
    password: string
    code?: string | undefined
    isKnownClient: boolean
    name: string
    lifeSeconds: number
  },
): Promise<{ id: string; token: string }> {
  const { env } = services
  // With the secret key the auth server does not limit sign-ins; the caller does.
  const client = createClient(env.SUPABASE_URL, env.SUPABASE_SECRET_KEY, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
  const { email, password, code, isKnownClient } = input
  const credentials = { email, password, code, isKnownClient }
  const { userId } = await signInWithCode({ ...services, session: client }, credentials)
  await client.auth.signOut({ scope: 'local' })
  const member = requireMember(await readActor(services, userId), { role: 'viewer' })
  const nowMs = Date.now()
  const expiresAt = new Date(nowMs + input.lifeSeconds * 1000)
  const { churchId } = member
  return services.db.transaction(async (tx) => {
    const created = await createApiToken(
      { db: tx },
      { churchId, userId, name: input.name, expiresAt, signedInAt: new Date(nowMs) },
    )
    await tx.insert(auditLog).values({
      churchId,
      actorId: userId,
      action: 'token.created',
      subject: created.id,
      details: { name: input.name, scope: 'operate', expiresAt: expiresAt.toISOString(), bySignIn: true },
    })
    return created
  })
}
