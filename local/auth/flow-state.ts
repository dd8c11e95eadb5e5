import { z } from 'zod'
import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { orNothing } from './parse-input.ts'

/** The fields by which a client requests the PKCE flow: its link returns a code that only this client can use. */
export const pkceFields = {
  code_challenge: orNothing(z.string().min(43).max(128)),
  code_challenge_method: orNothing(
    z
      .string()
      .toLowerCase()
      .pipe(z.enum(['s256', 'plain'])),
  ),
}

export interface PkceInput {
  code_challenge?: string | undefined
  code_challenge_method?: 's256' | 'plain' | undefined
}

/** Stores the challenge of a PKCE flow and ends the user's earlier flows. Returns false when there is no challenge. */
export async function startFlow(
  tx: Queryable,
  input: PkceInput & { userId: string; authenticationMethod: string },
): Promise<boolean> {
  if (input.code_challenge === undefined) return false
  await tx.query("delete from auth.flow_state where user_id = $1 or created_at < now() - interval '1 day'", [
    input.userId,
  ])
  await tx.query(
    `insert into auth.flow_state (user_id, auth_code, code_challenge, code_challenge_method, authentication_method)
     values ($1, $2, $3, $4, $5)`,
    [
      input.userId,
      crypto.randomUUID(),
      input.code_challenge,
      input.code_challenge_method ?? 's256',
      input.authenticationMethod,
    ],
  )
  return true
}

/** Returns the code of the user's flow. Throws AuthError 400 `flow_state_not_found`. */
export async function issueAuthCode(tx: Queryable, userId: string): Promise<string> {
  const { rows } = await tx.query<{ auth_code: string }>(
    'update auth.flow_state set auth_code_issued_at = now() where user_id = $1 returning auth_code',
    [userId],
  )
  const code = rows[0]?.auth_code
  if (code === undefined) throw new AuthError(400, 'flow_state_not_found', 'No associated flow state found.')
  return code
}
