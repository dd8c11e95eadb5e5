import { createHash, timingSafeEqual } from 'node:crypto'

import { validateJWT } from '@trigger.dev/core/v3'
import { z } from 'zod'

import { AppError } from '#lib/errors.ts'

/** The caller has the secret key, or a public token with some scopes that was signed with it. */
export type Caller = { kind: 'secret' } | { kind: 'public'; scopes: string[] }

const Claims = z.looseObject({ scopes: z.array(z.string()).default([]) })

/** Reads the bearer token. Throws not_signed_in when it is missing or invalid. */
export async function authenticate(header: string | undefined, secretKey: string): Promise<Caller> {
  const token = /^Bearer\s+(.+)$/i.exec(header ?? '')?.[1]
  if (!token) throw new AppError('not_signed_in', 'Send the secret key as a bearer token.')
  if (sameText(token, secretKey)) return { kind: 'secret' }
  const verified = await validateJWT(token, secretKey)
  if (!verified.ok) throw new AppError('not_signed_in', 'The bearer token is not valid here.')
  return { kind: 'public', scopes: Claims.parse(verified.payload).scopes }
}

/**
 * Throws forbidden unless the caller has one of the required scopes, such as `read:runs:run_1`.
 * A scope includes everything below it: `read:runs` includes `read:runs:run_1`.
 */
export function authorise(caller: Caller, required: string[] | undefined): void {
  if (caller.kind === 'secret') return
  const allowed = (required ?? []).some((scopeNeeded) =>
    caller.scopes.some(
      (scope) =>
        scopeNeeded === scope ||
        scopeNeeded.startsWith(`${scope}:`) ||
        scope === 'admin' ||
        scope === `${scopeNeeded.split(':')[0]}:all`,
    ),
  )
  if (!allowed) throw new AppError('forbidden', 'This token does not allow that.')
}

function sameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
