import { z } from 'zod'
import { allowedRedirect } from '../allowed-redirect.ts'
import { inTransaction } from '../auth-context.ts'
import { createUser, emailExists } from '../create-user.ts'
import { findUserByEmail, findUserById } from '../find-user.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput } from '../parse-input.ts'
import { queueEmail, requireEmails } from '../queue-email.ts'
import { describeUser } from '../user-row.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({ email: emailField, data: orNothing(metadataField) })

/** POST /invite: creates the account and sends the link; sends it again while the address is not confirmed. */
export const invite: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
  requireEmails(context)
  const user = await inTransaction(context.pool, async (tx) => {
    const existing = await findUserByEmail(tx, input.email)
    if (existing?.email_confirmed_at) throw emailExists()
    const invited =
      existing ??
      (await createUser(tx, {
        email: input.email,
        passwordHash: null,
        isConfirmed: false,
        isInvited: true,
        userMetadata: input.data ?? {},
      }))
    const token = await createOneTimeToken(tx, { userId: invited.id, email: input.email, kind: 'invite' })
    await tx.query('update auth.users set invited_at = now() where id = $1', [invited.id])
    await queueEmail(tx, {
      ...token,
      siteUrl: context.siteUrl,
      userId: invited.id,
      recipient: input.email,
      kind: 'invite',
      redirectTo: allowedRedirect(context.siteUrl, request.query.get('redirect_to')),
    })
    return findUserById(tx, invited.id)
  })
  return { status: 200, body: describeUser(user) }
}
