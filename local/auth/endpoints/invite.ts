import { z } from 'zod'
import { inTransaction } from '../auth-context.ts'
import { createUser, emailExists } from '../create-user.ts'
import { findUserByEmail, findUserById } from '../find-user.ts'
import { createOneTimeToken } from '../one-time-tokens.ts'
import { emailField, metadataField, orNothing, parseInput } from '../parse-input.ts'
import { describeUser } from '../user-row.ts'
import { allowedRedirect, writeLetter } from '../write-letter.ts'
import type { Endpoint } from './endpoint.ts'

const schema = z.object({ email: emailField, data: orNothing(metadataField) })

/** POST /invite: makes the account and writes to it; writes again while it is not confirmed. */
export const invite: Endpoint = async (context, request) => {
  const input = parseInput(schema, request.body)
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
    await writeLetter(tx, {
      siteUrl: context.siteUrl,
      userId: invited.id,
      recipient: input.email,
      kind: 'invite',
      ...token,
      redirectTo: allowedRedirect(context.siteUrl, request.query.get('redirect_to')),
    })
    return findUserById(tx, invited.id)
  })
  return { status: 200, body: describeUser(user) }
}
