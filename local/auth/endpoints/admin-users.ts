import { z } from 'zod'
import type { AuthContext } from '../auth-context.ts'
import { inTransaction } from '../auth-context.ts'
import { AuthError } from '../auth-error.ts'
import { changeUser, type UserChange } from '../change-user.ts'
import { createUser } from '../create-user.ts'
import { findUserById } from '../find-user.ts'
import { emailField, metadataField, orNothing, parseInput, passwordField } from '../parse-input.ts'
import { checkPasswordStrength } from '../passwords.ts'
import { describeUser, selectUsers, type UserRow } from '../user-row.ts'
import type { AuthRequest, Endpoint } from './endpoint.ts'

const changeSchema = z.object({
  email: orNothing(emailField),
  password: orNothing(passwordField),
  password_hash: orNothing(z.string().regex(/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/, 'is not a bcrypt hash')),
  email_confirm: orNothing(z.boolean()),
  user_metadata: orNothing(metadataField),
  app_metadata: orNothing(metadataField),
  ban_duration: orNothing(z.string()),
  role: orNothing(z.string().min(1).max(50)),
})
const createSchema = changeSchema.extend({ email: emailField, id: orNothing(z.uuid()) })
const deleteSchema = z.object({ should_soft_delete: orNothing(z.boolean()) })

/** POST /admin/users */
export const adminCreateUser: Endpoint = async (context, request) => {
  const input = parseInput(createSchema, request.body)
  const passwordHash = (await hashInput(context, input)) ?? null
  const user = await inTransaction(context.pool, (tx) =>
    createUser(tx, {
      id: input.id,
      email: input.email,
      passwordHash,
      isConfirmed: input.email_confirm ?? false,
      userMetadata: input.user_metadata ?? {},
      appMetadata: input.app_metadata ?? {},
      bannedUntil: input.ban_duration === undefined ? null : bannedUntil(input.ban_duration),
    }),
  )
  return { status: 200, body: describeUser(user) }
}

/** GET /admin/users?page=&per_page= */
export const adminListUsers: Endpoint = async (context, request) => {
  const page = Math.max(1, Number.parseInt(request.query.get('page') || '1', 10) || 1)
  const perPage = Math.min(
    1000,
    Math.max(1, Number.parseInt(request.query.get('per_page') || '50', 10) || 50),
  )
  const { rows } = await context.pool.query<UserRow>(
    `${selectUsers} where u.deleted_at is null order by u.created_at desc, u.id limit $1 offset $2`,
    [perPage, (page - 1) * perPage],
  )
  const counted = await context.pool.query<{ total: number }>(
    'select count(*)::int as total from auth.users where deleted_at is null',
  )
  const total = counted.rows[0]?.total ?? 0
  const lastPage = Math.max(1, Math.ceil(total / perPage))
  const link = (target: number, rel: string) =>
    `</admin/users?page=${target}&per_page=${perPage}>; rel="${rel}"`
  return {
    status: 200,
    body: { users: rows.map(describeUser), aud: 'authenticated' },
    headers: {
      'x-total-count': String(total),
      link: [...(page < lastPage ? [link(page + 1, 'next')] : []), link(lastPage, 'last')].join(', '),
    },
  }
}

/** GET /admin/users/:id */
export const adminReadUser: Endpoint = async (context, request) => {
  const user = await findUserById(context.pool, readUserId(request))
  return { status: 200, body: describeUser(user) }
}

/** PUT /admin/users/:id */
export const adminUpdateUser: Endpoint = async (context, request) => {
  const id = readUserId(request)
  const input = parseInput(changeSchema, request.body)
  await findUserById(context.pool, id)
  const passwordHash = await hashInput(context, input)
  const change: UserChange = {
    ...(input.email === undefined ? {} : { email: input.email }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    ...(input.email_confirm === undefined ? {} : { isConfirmed: input.email_confirm }),
    ...(input.user_metadata === undefined ? {} : { userMetadata: input.user_metadata }),
    ...(input.app_metadata === undefined ? {} : { appMetadata: input.app_metadata }),
    ...(input.ban_duration === undefined ? {} : { bannedUntil: bannedUntil(input.ban_duration) }),
    ...(input.role === undefined ? {} : { role: input.role }),
  }
  const user = await inTransaction(context.pool, async (tx) => {
    const changed = await changeUser(tx, id, change)
    const mustSignOut = passwordHash !== undefined || changed.banned_until !== null
    if (mustSignOut) await tx.query('delete from auth.sessions where user_id = $1', [id])
    return changed
  })
  return { status: 200, body: describeUser(user) }
}

/** DELETE /admin/users/:id */
export const adminDeleteUser: Endpoint = async (context, request) => {
  const id = readUserId(request)
  const input = parseInput(deleteSchema, request.body)
  await findUserById(context.pool, id)
  if (input.should_soft_delete) {
    await inTransaction(context.pool, async (tx) => {
      await tx.query(
        `update auth.users
            set deleted_at = now(), email = null, encrypted_password = null, email_change = '',
                raw_user_meta_data = '{}', raw_app_meta_data = '{}'
          where id = $1`,
        [id],
      )
      await tx.query('delete from auth.identities where user_id = $1', [id])
      await tx.query('delete from auth.sessions where user_id = $1', [id])
      await tx.query('delete from auth.one_time_tokens where user_id = $1', [id])
    })
  } else {
    await context.pool.query('delete from auth.users where id = $1', [id])
  }
  return { status: 200, body: {} }
}

/** Throws AuthError 404 `validation_failed`, as hosted Auth does. */
function readUserId(request: AuthRequest): string {
  const id = z.uuid().safeParse(request.params.id)
  if (!id.success) throw new AuthError(404, 'validation_failed', 'user_id must be an UUID')
  return id.data
}

async function hashInput(
  context: AuthContext,
  input: { password?: string | undefined; password_hash?: string | undefined },
): Promise<string | undefined> {
  if (input.password === undefined) return input.password_hash
  checkPasswordStrength(input.password)
  return context.passwords.hash(input.password)
}

/** Reads a Go duration such as `24h` or `1h30m`; `none` lifts the ban. */
function bannedUntil(duration: string): Date | null {
  if (duration === 'none') return null
  const unitMs: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000 }
  if (!/^(\d+[hms])+$/.test(duration)) {
    throw new AuthError(400, 'validation_failed', `invalid format for ban duration: ${duration}`)
  }
  let lengthMs = 0
  for (const [, amount, unit] of duration.matchAll(/(\d+)([hms])/g)) {
    lengthMs += Number(amount) * (unitMs[unit ?? ''] ?? 0)
  }
  return new Date(Date.now() + lengthMs)
}
