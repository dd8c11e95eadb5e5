import { createClient } from '@supabase/supabase-js'
import { readActor, requireMember } from '#lib/auth/actor.ts'
import { createApiToken } from '#lib/churches/api-tokens.ts'
import type { Services } from '#lib/create-services.ts'
import { AppError } from '#lib/errors.ts'

/**
 * An API token for somebody who gives their e-mail address and password: how the command line signs in.
 * Throws `not_signed_in` when they do not match, the same for an unknown address and a wrong password.
 */
export async function signInForToken(
  services: Services,
  input: { email: string; password: string; name: string; lifeSeconds: number },
): Promise<{ id: string; token: string }> {
  const { env } = services
  const client = createClient(env.SUPABASE_URL, env.SUPABASE_PUBLISHABLE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  })
  const { data, error } = await client.auth.signInWithPassword({
    email: input.email,
    password: input.password,
  })
  if (error?.status === 429) {
    throw new AppError('rate_limited', 'Too many attempts. Wait a minute, then try again.', { cause: error })
  }
  if (error || !data.user) {
    throw new AppError('not_signed_in', 'This e-mail address and password do not match.', { cause: error })
  }
  await client.auth.signOut({ scope: 'local' })
  const member = requireMember(await readActor(services, data.user.id), { role: 'viewer' })
  return createApiToken(services, {
    churchId: member.churchId,
    userId: data.user.id,
    name: input.name,
    expiresAt: new Date(Date.now() + input.lifeSeconds * 1000),
  })
}
