import type { AuthContext, Queryable } from './auth-context.ts'
import { type PkceInput, startFlow } from './flow-state.ts'
import { createOneTimeToken } from './one-time-tokens.ts'
import { queueEmail } from './queue-email.ts'
import type { UserRow } from './user-row.ts'

/** Sends the link that confirms the address of a new account. */
export async function sendConfirmation(
  context: Pick<AuthContext, 'siteUrl'>,
  tx: Queryable,
  user: UserRow,
  input: PkceInput & { email: string; redirectTo: string },
): Promise<void> {
  const isPkce = await startFlow(tx, { ...input, userId: user.id, authenticationMethod: 'email/signup' })
  const token = await createOneTimeToken(tx, { userId: user.id, email: input.email, kind: 'signup', isPkce })
  await queueEmail(tx, {
    ...token,
    siteUrl: context.siteUrl,
    userId: user.id,
    recipient: input.email,
    kind: 'signup',
    redirectTo: input.redirectTo,
  })
}
