import type { Actor } from '#lib/auth/actor.ts'
import { AppError } from '#lib/errors.ts'

/** The signed-in listener, with or without a church. Throws `not_signed_in`. */
export function requireListener(actor: Actor | null): Actor {
  if (!actor) throw new AppError('not_signed_in', 'Sign in to use your library on every device.')
  return actor
}
