import { createHash, timingSafeEqual } from 'node:crypto'

import { validateJWT } from '@trigger.dev/core/v3'
import { z } from 'zod'

import { AppError } from '#lib/errors.ts'

/** Who asks: the holder of the secret key, or of a token signed with it for some things only. */
export type Caller = { kind: 'secret' } | { kind: 'public'; scopes: string[] }

const Claims = z.looseObject({ scopes: z.array(z.string()).default([]) })

/** Reads the bearer token. Throws not_signed_in when there is none that counts. */
export async function authenticate(header: string | undefined, secretKey: string): Promise<Caller> {
  const token = /^Bearer\s+(.+)$/i.exec(header ?? '')?.[1]
  if (!token) throw new AppError('not_signed_in', 'Send the secret key as a bearer token.')
  if (sameText(token, secretKey)) return { kind: 'secret' }
  const verified = await validateJWT(token, secretKey)
  if (!verified.ok) throw new AppError('not_signed_in', 'The bearer token is not valid here.')
  return { kind: 'public', scopes: Claims.parse(verified.payload).scopes }
}

/**
 * Throws forbidden unless the caller may do one of the named things, such as `read:runs:run_1`.
 * A scope covers everything below it: `read:runs` covers `read:runs:run_1`.
 */
export function authorise(caller: Caller, wanted: string[] | undefined): void {
  if (caller.kind === 'secret') return
  const allowed = (wanted ?? []).some((want) =>
    caller.scopes.some(
      (scope) =>
        want === scope ||
        want.startsWith(`${scope}:`) ||
        scope === 'admin' ||
        scope === `${want.split(':')[0]}:all`,
    ),
  )
  if (!allowed) throw new AppError('forbidden', 'This token does not allow that.')
}

function sameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
