import { headers } from 'next/headers'
import { requireListener } from '#app/_server/require-listener.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { type Actor, type Member, requireMember } from '#lib/auth/actor.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import type { Role } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

/** The outcome of a form: a sentence, and whether it succeeded. */
export type Outcome = { ok: boolean; message: string } | null

/**
 * The member who sent a form. Asks the auth server, which also sees a session that was ended elsewhere. With
 * `recentSignIn`, a session that was opened more than ten minutes ago is refused.
 */
export async function confirmMember(
  role: Role,
  { recentSignIn = false }: { recentSignIn?: boolean } = {},
): Promise<Member & { sessionId: string }> {
  const { session } = await openSession()
  const confirmed = await resolveSession(services(), session, {
    trustSignature: false,
    userAgent: (await headers()).get('user-agent'),
  })
  return {
    ...requireMember(confirmed?.actor ?? null, { role, recentSignIn }),
    sessionId: confirmed?.sessionId ?? '',
  }
}

/** The listener who sent a form, with or without a church. Asks the auth server, as `confirmMember` does. */
export async function confirmListener(): Promise<Actor> {
  const { session } = await openSession()
  const confirmed = await resolveSession(services(), session, {
    trustSignature: false,
    userAgent: (await headers()).get('user-agent'),
  })
  return requireListener(confirmed?.actor ?? null)
}

/** Shows an expected failure beside the form; any other error is a bug and is thrown. */
export async function outcomeOf(act: () => Promise<string>): Promise<Outcome> {
  try {
    return { ok: true, message: await act() }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    throw error
  }
}
