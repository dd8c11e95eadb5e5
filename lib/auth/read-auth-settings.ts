import { z } from 'zod'
import type { Env } from '#lib/env.ts'

const freshMs = 60_000
const timeoutMs = 3_000
const schema = z.object({ disable_signup: z.boolean(), external: z.object({ email: z.boolean() }) })

const known = new Map<string, { readAtMs: number; offers: Promise<boolean> }>()

/**
 * Whether visitors can have an account by a link that Auth sends them. False where Auth creates no accounts for visitors or
 * does not answer. Asked once a minute.
 */
export function offersSignInLinks(
  env: Pick<Env, 'SUPABASE_URL' | 'SUPABASE_PUBLISHABLE_KEY'>,
): Promise<boolean> {
  const last = known.get(env.SUPABASE_URL)
  if (last && Date.now() - last.readAtMs < freshMs) return last.offers
  const offers = readSettings(env).catch((error: unknown) => {
    console.warn(`The settings of Auth could not be read: ${error instanceof Error ? error.message : error}`)
    known.delete(env.SUPABASE_URL)
    return false
  })
  known.set(env.SUPABASE_URL, { readAtMs: Date.now(), offers })
  return offers
}

async function readSettings(env: Pick<Env, 'SUPABASE_URL' | 'SUPABASE_PUBLISHABLE_KEY'>): Promise<boolean> {
  const response = await fetch(`${env.SUPABASE_URL.replace(/\/+$/, '')}/auth/v1/settings`, {
    headers: { apikey: env.SUPABASE_PUBLISHABLE_KEY },
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`Auth answered ${response.status}`)
  const settings = schema.parse(await response.json())
  return settings.external.email && !settings.disable_signup
}
