import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { type Member, requireMember } from '#lib/auth/actor.ts'
import { resolveSessionActor } from '#lib/auth/resolve-request-actor.ts'
import type { Role } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

/** What became of a form: a sentence, and whether it is a good one. */
export type Outcome = { ok: boolean; message: string } | null

/** Asks the auth server, which also sees a session that was ended elsewhere. */
export async function confirmMember(role: Role): Promise<Member> {
  const { session } = await openSession()
  return requireMember(await resolveSessionActor(services(), session, { trustSignature: false }), { role })
}

/** The sentence of `act`, or of the AppError that it throws. */
export async function outcomeOf(act: () => Promise<string>): Promise<Outcome> {
  try {
    return { ok: true, message: await act() }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, message: error.message }
    throw error
  }
}
