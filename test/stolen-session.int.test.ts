import { randomUUID } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createApiToken } from '#lib/auth/api-tokens.ts'
import { confirmPassword } from '#lib/auth/confirm-password.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { signInForToken } from '#lib/auth/sign-in-for-token.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, accountPassword as password, startAccounts } from '#test/start-accounts.ts'

/*
 * What a person can do who has copied the cookie of a session that was opened an hour ago, or a token of a program:
 * nothing that would outlast it, or keep its owner out.
 */

const root = path.resolve(import.meta.dirname, '..')
const id = randomUUID()
const other = { id }

/** Every step of the API that gives access or takes it from a person, with an input that fits. */
const steps: Record<string, { params?: object; body?: object }> = {
  'POST members': { body: { email: 'thief@example.org', role: 'owner' } },
  'PATCH members/[id]': { params: other, body: { role: 'owner' } },
  'DELETE members/[id]': { params: other },
  'POST members/[id]/invitation': { params: other },
  'POST tokens': { body: { name: 'thief' } },
}
/** Revoking a token only takes access away, from what the person owns. */
const harmless = ['DELETE tokens/[id]']

let accounts: Accounts

beforeAll(async () => {
  accounts = await startAccounts()
  const { env } = accounts.services
  Object.assign(process.env, {
    DATABASE_URL: env.DATABASE_URL,
    SITE_URL: env.SITE_URL,
    SUPABASE_URL: env.SUPABASE_URL,
    SUPABASE_PUBLISHABLE_KEY: env.SUPABASE_PUBLISHABLE_KEY,
    SUPABASE_SECRET_KEY: env.SUPABASE_SECRET_KEY,
    TRIGGER_SECRET_KEY: 'tr_dev_none',
  })
})

afterAll(async () => {
  const { services } = await import('#app/_server/services.ts')
  await services().close()
  await accounts?.stop()
})

/** An owner whose browser signed in an hour ago. */
async function openOldSession() {
  const { services } = accounts
  const person = await accounts.createAccount(await createChurch(services.db), 'owner')
  const browser = accounts.openBrowser()
  await signIn({ session: browser.session() }, { email: person.email, password })
  await services.db.execute(
    sql`update auth.mfa_amr_claims set created_at = now() - interval '1 hour'
        where session_id in (select id from auth.sessions where user_id = ${person.userId})`,
  )
  expect((await browser.session().auth.refreshSession()).error).toBeNull()
  return { ...person, browser }
}

async function take(
  step: string,
  credential: { cookie: string } | { authorization: string },
): Promise<{ status: number; message: string }> {
  const [method = '', route = ''] = step.split(' ')
  const { params = {}, body } = steps[step] ?? {}
  const handlers: Record<string, unknown> = await import(path.join(root, 'app/api/v1', route, 'route.ts'))
  const handle = z
    .custom<(request: Request, context: unknown) => Promise<Response>>((value) => typeof value === 'function')
    .parse(handlers[method])
  const { SITE_URL: origin } = accounts.services.env
  const response = await handle(
    new Request(`${origin}/api/v1/${route.replace('[id]', id)}`, {
      method,
      headers: { ...credential, origin, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
    { params: Promise.resolve(params) },
  )
  const { error } = z
    .object({ error: z.object({ message: z.string() }).optional() })
    .parse(await response.json())
  return { status: response.status, message: error?.message ?? '' }
}

test('the list has every route that changes members or tokens', () => {
  const found: string[] = []
  for (const file of globSync('app/api/v1/{members,tokens}/**/route.ts', { cwd: root })) {
    const source = readFileSync(path.join(root, file), 'utf8')
    for (const [, method = ''] of source.matchAll(/^ {2}(POST|PUT|PATCH|DELETE): route\(/gm)) {
      found.push(`${method} ${path.dirname(file).replace('app/api/v1/', '')}`)
    }
  }
  expect(found.sort()).toEqual([...Object.keys(steps), ...harmless].sort())
})

test.each(Object.keys(steps))('%s needs a sign-in within the last ten minutes', async (step) => {
  const { email, browser } = await openOldSession()
  expect(await take(step, { cookie: browser.cookie() })).toEqual({
    status: 403,
    message: 'This needs a sign-in within the last ten minutes. Sign out and in again, then repeat it.',
  })
  await signIn({ session: browser.session() }, { email, password })
  expect((await take(step, { cookie: browser.cookie() })).status).not.toBe(403)
})

test.each(Object.keys(steps))('%s needs a token of a sign-in within the last hour', async (step) => {
  const { services } = accounts
  const owner = await accounts.createAccount(await createChurch(services.db), 'owner')
  const takeWith = async (made: { signedInAt?: Date }) => {
    const { token } = await createApiToken(services, {
      ...owner,
      name: 'A script',
      scope: 'operate',
      ...made,
    })
    return take(step, { authorization: `Bearer ${token}` })
  }
  const refused = { status: 403, message: expect.stringContaining('selah login') }
  expect(await takeWith({})).toEqual(refused)
  expect(await takeWith({ signedInAt: new Date(Date.now() - 61 * 60_000) })).toEqual(refused)
  const input = { email: owner.email, password, isKnownClient: true, name: 'The CLI', lifeSeconds: 3600 }
  const { token } = await signInForToken(services, input)
  expect((await take(step, { authorization: `Bearer ${token}` })).status).not.toBe(403)
})

test('the Auth API changes neither the password nor the address, unless the current password is given', async () => {
  const { email, browser } = await openOldSession()
  const refused = { error: { code: 'reauthentication_needed' } }
  const { auth } = browser.session()
  expect(await auth.updateUser({ password: 'a stolen password' })).toMatchObject(refused)
  expect(await auth.updateUser({ email: `new-${email}` })).toMatchObject(refused)
  expect(await auth.updateUser({ email: `new-${email}`, nonce: '123456' })).toMatchObject({
    error: { code: 'reauthentication_not_valid' },
  })
  const { data } = await auth.getSession()
  const change = (current_password: string) =>
    fetch(new URL('/auth/v1/user', accounts.gateway.url), {
      method: 'PUT',
      headers: {
        apikey: accounts.gateway.publishableKey,
        authorization: `Bearer ${data.session?.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ password: 'a new long password', current_password }),
    })
  expect((await change('a wrong password')).status).toBe(400)
  expect((await change(password)).status).toBe(200)
})

test('the second factor is changed only with the current password, at which nobody can guess quickly', async () => {
  const { email } = await openOldSession()
  const client = { key: '192.0.2.7', isShared: false }
  const confirm = (given: string) => confirmPassword(accounts.services, { email, password: given, client })
  await expect(confirm(password)).resolves.toBeUndefined()
  await expect(confirm('a wrong password')).rejects.toMatchObject({ reason: 'auth.wrong_password' })
  const stranger = { email, password: 'a wrong password', client: { key: '192.0.2.8', isShared: false } }
  let refusal: unknown
  for (let guess = 0; guess < 40 && refusal === undefined; guess += 1) {
    const failure = await confirmPassword(accounts.services, stranger).catch((error: unknown) => error)
    if (failure instanceof Error && 'code' in failure && failure.code === 'rate_limited') refusal = failure
  }
  expect(refusal).toBeDefined()
})
