import type { Queryable } from './auth-context.ts'
import { AuthError } from './auth-error.ts'
import { findUserByEmail, findUserById } from './find-user.ts'
import type { UserRow } from './user-row.ts'

/** Adds a user with an email identity. Throws AuthError 422 `email_exists`. Run it in a transaction. */
export async function createUser(
  tx: Queryable,
  input: {
    id?: string | undefined
    email: string
    passwordHash: string | null
    isConfirmed: boolean
    isInvited?: boolean
    userMetadata: Record<string, unknown>
    appMetadata?: Record<string, unknown>
    bannedUntil?: Date | null
  },
): Promise<UserRow> {
  if (await findUserByEmail(tx, input.email)) throw emailExists()
  const appMetadata = { provider: 'email', providers: ['email'], ...input.appMetadata }
  const { rows } = await tx.query<{ id: string }>(
    `insert into auth.users (id, email, encrypted_password, email_confirmed_at, invited_at,
                             raw_app_meta_data, raw_user_meta_data, banned_until)
     values (coalesce($1::uuid, gen_random_uuid()), $2, $3, case when $4 then now() end,
             case when $5 then now() end, $6, $7, $8)
     on conflict do nothing
     returning id`,
    [
      input.id ?? null,
      input.email,
      input.passwordHash,
      input.isConfirmed,
      input.isInvited ?? false,
      JSON.stringify(appMetadata),
      JSON.stringify(input.userMetadata),
      input.bannedUntil ?? null,
    ],
  )
  const id = rows[0]?.id
  if (!id) throw emailExists()
  await tx.query(
    `insert into auth.identities (provider_id, user_id, identity_data, provider)
     values ($1::text, $1::uuid, $2, 'email')`,
    [
      id,
      JSON.stringify({
        sub: id,
        email: input.email,
        email_verified: input.isConfirmed,
        phone_verified: false,
      }),
    ],
  )
  return findUserById(tx, id)
}

export function emailExists(): AuthError {
  return new AuthError(422, 'email_exists', 'A user with this email address has already been registered')
}
