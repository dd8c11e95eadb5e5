import { setTimeout as delay } from 'node:timers/promises'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookieName } from '#lib/auth/create-session-client.ts'
import { unreachableMail } from '#test/unreachable-mail.ts'
import { createCookieBrowser } from './cookie-browser.ts'
import { readLink } from './read-link.ts'
import { type SupabaseTarget, startSupabaseTarget } from './supabase-target.ts'

/** Hosted projects accept an old token for ten seconds; the local service accepts it for less, to keep the test short. */
const localReuseSeconds = 1
const password = 'correct horse battery'
/** Emails stay in the outbox, where the tests read them. */
const noSession = { persistSession: false, autoRefreshToken: false }
const created: string[] = []
let target: SupabaseTarget
let service: SupabaseClient

beforeAll(async () => {
  target = await startSupabaseTarget({
    SELAH_AUTH_REUSE_SECONDS: String(localReuseSeconds),
    ...unreachableMail,
  })
  service = createClient(target.url, target.secretKey, { auth: noSession })
})

afterAll(async () => {
  for (const id of created) await service?.auth.admin.deleteUser(id)
  await target?.stop()
})

/** Creates a separate client, like another browser. */
const aClient = () =>
  createClient(target.url, target.publishableKey, { auth: { ...noSession, storageKey: crypto.randomUUID() } })

async function aUser(options: { app_metadata?: object; user_metadata?: object } = {}) {
  const email = `${crypto.randomUUID()}@example.org`
  const { data, error } = await service.auth.admin.createUser({
    email,
    password,
    email_confirm: true,
    ...options,
  })
  if (error) throw error
  created.push(data.user.id)
  return { email, id: data.user.id }
}

async function signIn(email: string, withPassword = password) {
  const client = aClient()
  const { data, error } = await client.auth.signInWithPassword({ email, password: withPassword })
  if (error) throw error
  return { client, session: data.session }
}

describe('signing in', () => {
  test('returns a session of the user who signed in', async () => {
    const { email, id } = await aUser({ app_metadata: { role: 'owner' }, user_metadata: { name: 'Ruth' } })
    const { client, session } = await signIn(email.toUpperCase())
    expect(session.token_type).toBe('bearer')
    const { data } = await client.auth.getUser()
    expect(data.user).toMatchObject({
      id,
      email,
      role: 'authenticated',
      app_metadata: { role: 'owner', provider: 'email' },
      user_metadata: { name: 'Ruth' },
    })
    expect(data.user?.identities).toHaveLength(1)
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = await aUser()
    const wrong = await aClient().auth.signInWithPassword({ email, password: 'wrong password' })
    const unknown = await aClient().auth.signInWithPassword({ email: 'nobody@example.org', password })
    for (const { error } of [wrong, unknown]) {
      expect(error).toMatchObject({
        status: 400,
        code: 'invalid_credentials',
        message: 'Invalid login credentials',
      })
    }
  })

  test('an address that was not confirmed and a banned user cannot sign in', async () => {
    const email = `${crypto.randomUUID()}@example.org`
    const { data } = await service.auth.admin.createUser({ email, password })
    const id = data.user?.id ?? ''
    created.push(id)
    expect((await aClient().auth.signInWithPassword({ email, password })).error?.code).toBe(
      'email_not_confirmed',
    )
    await service.auth.admin.updateUserById(id, { email_confirm: true, ban_duration: '24h' })
    expect((await aClient().auth.signInWithPassword({ email, password })).error?.code).toBe('user_banned')
    await service.auth.admin.updateUserById(id, { ban_duration: 'none' })
    expect((await aClient().auth.signInWithPassword({ email, password })).error).toBeNull()
  })

  test('a visitor cannot create an account when sign-up is off', async ({ skip }) => {
    if (!target.local) skip('a hosted project decides this for itself')
    const { error } = await aClient().auth.signUp({ email: 'stranger@example.org', password })
    expect(error).toMatchObject({ status: 422, code: 'signup_disabled' })
  })
})

describe('access tokens', () => {
  test('are verified with the published keys, and a changed token is refused', async () => {
    const { email, id } = await aUser()
    const { client, session } = await signIn(email)
    const claims = await client.auth.getClaims(session.access_token)
    expect(claims.data?.claims).toMatchObject({ sub: id, email, aud: 'authenticated', aal: 'aal1' })
    const keys = createRemoteJWKSet(new URL(`${target.url}/auth/v1/.well-known/jwks.json`))
    const { payload } = await jwtVerify(session.access_token, keys, {
      issuer: `${target.url}/auth/v1`,
      audience: 'authenticated',
    })
    expect(payload.sub).toBe(id)
    const [header, body = '', signature] = session.access_token.split('.')
    const forged = JSON.parse(Buffer.from(body, 'base64url').toString())
    forged.sub = crypto.randomUUID()
    const tampered = [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.')
    expect((await client.auth.getClaims(tampered)).error).not.toBeNull()
    expect((await aClient().auth.getUser(tampered)).error).toMatchObject({ status: 403, code: 'bad_jwt' })
  })

  test('signing out everywhere ends every session immediately', async () => {
    const { email } = await aUser()
    const one = await signIn(email)
    const two = await signIn(email)
    expect((await one.client.auth.signOut({ scope: 'global' })).error).toBeNull()
    for (const { session } of [one, two]) {
      expect((await aClient().auth.getUser(session.access_token)).error?.message).toMatch(/session/i)
    }
    expect((await two.client.auth.refreshSession()).error).not.toBeNull()
    // The signature is valid until it expires; only getUser shows the end of the session.
    expect((await aClient().auth.getClaims(one.session.access_token)).data?.claims.email).toBe(email)
  })

  test('a local sign-out keeps the other sessions, and a sign-out of the others keeps this one', async () => {
    const { email } = await aUser()
    const [one, two, three] = [await signIn(email), await signIn(email), await signIn(email)]
    await one.client.auth.signOut({ scope: 'local' })
    expect((await aClient().auth.getUser(one.session.access_token)).error).not.toBeNull()
    expect((await two.client.auth.getUser()).error).toBeNull()
    await two.client.auth.signOut({ scope: 'others' })
    expect((await aClient().auth.getUser(three.session.access_token)).error).not.toBeNull()
    expect((await two.client.auth.getUser()).error).toBeNull()
  })
})

describe('refreshing', () => {
  const refresh = (refreshToken: string) => aClient().auth.refreshSession({ refresh_token: refreshToken })
  const sessionOf = (accessToken: string) =>
    JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).session_id

  test('rotates the token and keeps the session', async () => {
    const { session } = await signIn((await aUser()).email)
    const { data } = await refresh(session.refresh_token)
    expect(data.session?.refresh_token).not.toBe(session.refresh_token)
    expect(sessionOf(data.session?.access_token ?? '')).toBe(sessionOf(session.access_token))
    expect((await refresh('not-a-token')).error).toMatchObject({
      status: 400,
      code: 'refresh_token_not_found',
    })
  })

  test('requests at the same moment with one token all succeed', async () => {
    const { session } = await signIn((await aUser()).email)
    const answers = await Promise.all([1, 2, 3].map(() => refresh(session.refresh_token)))
    for (const { data, error } of answers) {
      expect(error).toBeNull()
      expect((await refresh(data.session?.refresh_token ?? '')).error).toBeNull()
    }
  })

  test('an old token that is used again later ends the session', async () => {
    const { session } = await signIn((await aUser()).email)
    const second = await refresh(session.refresh_token)
    const third = await refresh(second.data.session?.refresh_token ?? '')
    expect(third.error).toBeNull()
    // Waits because this test is about time.
    await delay((target.local ? localReuseSeconds : 10) * 1000 + 500)
    expect((await refresh(session.refresh_token)).error).toMatchObject({ code: 'refresh_token_already_used' })
    expect((await refresh(third.data.session?.refresh_token ?? '')).error).not.toBeNull()
    expect((await aClient().auth.getUser(third.data.session?.access_token ?? '')).error).not.toBeNull()
  })

  test('a client that did not receive its new token may request it again', async () => {
    const { session } = await signIn((await aUser()).email)
    await refresh(session.refresh_token)
    await delay((target.local ? localReuseSeconds : 10) * 1000 + 500)
    expect((await refresh(session.refresh_token)).error).toBeNull()
  })
})

describe('changing the signed-in user', () => {
  test('a new password must be new and long enough, and ends the other sessions', async () => {
    const { email } = await aUser()
    const here = await signIn(email)
    const elsewhere = await signIn(email)
    expect((await here.client.auth.updateUser({ password })).error).toMatchObject({
      status: 422,
      code: 'same_password',
    })
    const weak = await here.client.auth.updateUser({ password: 'short' })
    expect(weak.error).toMatchObject({ status: 422, code: 'weak_password' })
    expect((await here.client.auth.updateUser({ password: 'another long password' })).error).toBeNull()
    expect((await here.client.auth.getUser()).error).toBeNull()
    expect((await aClient().auth.getUser(elsewhere.session.access_token)).error).not.toBeNull()
    expect((await aClient().auth.signInWithPassword({ email, password })).error).not.toBeNull()
    await signIn(email, 'another long password')
  })

  test('metadata is merged, and users cannot give themselves a role', async () => {
    const { email } = await aUser({ user_metadata: { name: 'Ruth', tongue: 'en' } })
    const { client } = await signIn(email)
    const { data } = await client.auth.updateUser({ data: { name: 'Naomi' } })
    expect(data.user?.user_metadata).toMatchObject({ name: 'Naomi', tongue: 'en' })
    const response = await fetch(`${target.url}/auth/v1/user`, {
      method: 'PUT',
      headers: {
        apikey: target.publishableKey,
        authorization: `Bearer ${(await client.auth.getSession()).data.session?.access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ app_metadata: { role: 'owner' }, role: 'service_role' }),
    })
    const user = await response.json()
    expect(user.app_metadata?.role).toBeUndefined()
    expect((await client.auth.getUser()).data.user?.role).toBe('authenticated')
  })
})

describe('emails', () => {
  test('requesting a new password gets the same answer for known and unknown addresses', async ({ skip }) => {
    if (!target.local) skip('a hosted project would send real mail')
    const { email } = await aUser()
    const known = await aClient().auth.resetPasswordForEmail(email)
    const unknown = await aClient().auth.resetPasswordForEmail('nobody@example.org')
    expect(known).toEqual(unknown)
    expect(known.error).toBeNull()
  })

  test('a recovery link signs in only once', async () => {
    const { email, id } = await aUser()
    const { data } = await service.auth.admin.generateLink({ type: 'recovery', email })
    const tokenHash = data.properties?.hashed_token ?? ''
    const client = aClient()
    const first = await client.auth.verifyOtp({ token_hash: tokenHash, type: 'recovery' })
    expect(first.data.user?.id).toBe(id)
    const second = await aClient().auth.verifyOtp({ token_hash: tokenHash, type: 'recovery' })
    expect(second.error).toMatchObject({ status: 403, code: 'otp_expired' })
    expect((await client.auth.updateUser({ password: 'chosen after the email' })).error).toBeNull()
    await signIn(email, 'chosen after the email')
  })

  test('a code signs in too, but only with its own address', async () => {
    const { email } = await aUser()
    const other = await aUser()
    const { data } = await service.auth.admin.generateLink({ type: 'magiclink', email })
    const token = data.properties?.email_otp ?? ''
    expect((await aClient().auth.verifyOtp({ email: other.email, token, type: 'email' })).error?.code).toBe(
      'otp_expired',
    )
    expect((await aClient().auth.verifyOtp({ email, token, type: 'email' })).data.user?.email).toBe(email)
  })

  test('an invited person confirms the address with the link', async () => {
    const email = `${crypto.randomUUID()}@example.org`
    const { data } = await service.auth.admin.generateLink({ type: 'invite', email })
    created.push(data.user?.id ?? '')
    const opened = await aClient().auth.verifyOtp({
      token_hash: data.properties?.hashed_token ?? '',
      type: 'invite',
    })
    expect(opened.data.user?.email_confirmed_at).toBeTruthy()
  })

  test('the link of an email never leads to another site', async ({ skip }) => {
    if (!target.local) skip('hosted projects have an allow-list of their own')
    const { email } = await aUser()
    const { data } = await service.auth.admin.generateLink({
      type: 'recovery',
      email,
      options: { redirectTo: 'https://evil.example/steal' },
    })
    const response = await fetch(data.properties?.action_link ?? '', { redirect: 'manual' })
    expect(response.status).toBe(303)
    const location = new URL(response.headers.get('location') ?? '')
    expect(location.origin).toBe(target.url)
    expect(location.hash).toContain('access_token=')
  })
})

describe('administration', () => {
  test('users are created, found, listed in pages, changed and deleted', async () => {
    const { email, id } = await aUser()
    expect((await service.auth.admin.createUser({ email, password })).error).toMatchObject({
      status: 422,
      code: 'email_exists',
    })
    expect((await service.auth.admin.getUserById(id)).data.user?.email).toBe(email)
    await aUser()
    const page = await service.auth.admin.listUsers({ page: 1, perPage: 1 })
    expect(page.data.users).toHaveLength(1)
    expect(page.data).toMatchObject({ nextPage: 2 })
    const changed = await service.auth.admin.updateUserById(id, { app_metadata: { role: 'editor' } })
    expect(changed.data.user?.app_metadata).toMatchObject({ role: 'editor', provider: 'email' })
    expect((await service.auth.admin.deleteUser(id)).error).toBeNull()
    expect((await service.auth.admin.getUserById(id)).error).toMatchObject({
      status: 404,
      code: 'user_not_found',
    })
  })

  test('a session of a deleted user has ended', async () => {
    const { email, id } = await aUser()
    const { session } = await signIn(email)
    await service.auth.admin.deleteUser(id)
    expect((await aClient().auth.getUser(session.access_token)).error).toMatchObject({ status: 403 })
  })

  test('requires the secret key', async () => {
    const { email, id } = await aUser({ app_metadata: { role: 'owner' } })
    const { client } = await signIn(email)
    for (const admin of [aClient().auth.admin, client.auth.admin]) {
      expect((await admin.listUsers()).error).toMatchObject({ status: 403 })
      expect((await admin.deleteUser(id)).error).toMatchObject({ status: 403 })
    }
    const withoutKey = await fetch(`${target.url}/auth/v1/admin/users`)
    expect(withoutKey.status).toBe(401)
  })

  test('an invitation can be repeated until it is accepted', async ({ skip }) => {
    if (!target.local) skip('a hosted project would send real mail')
    const email = `${crypto.randomUUID()}@example.org`
    const first = await service.auth.admin.inviteUserByEmail(email)
    created.push(first.data.user?.id ?? '')
    expect(first.data.user?.invited_at).toBeTruthy()
    expect((await service.auth.admin.inviteUserByEmail(email)).error).toBeNull()
    await service.auth.admin.updateUserById(first.data.user?.id ?? '', { email_confirm: true })
    expect((await service.auth.admin.inviteUserByEmail(email)).error?.code).toBe('email_exists')
  })
})

describe('sessions in cookies', () => {
  test('are HttpOnly, are kept between requests, may be large, and are removed on sign-out', async () => {
    const { email, id } = await aUser({ user_metadata: { text: 'x'.repeat(5_000) } })
    const browser = createCookieBrowser(target)
    expect((await browser.request().auth.signInWithPassword({ email, password })).error).toBeNull()
    expect(browser.jar.size).toBeGreaterThan(1)
    for (const { name, options } of browser.written) {
      expect(name.startsWith(sessionCookieName)).toBe(true)
      expect(options).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' })
    }
    expect(browser.answerHeaders['Cache-Control']).toContain('no-store')
    expect((await browser.request().auth.getUser()).data.user?.id).toBe(id)
    expect((await browser.request().auth.signOut()).error).toBeNull()
    expect((await browser.request().auth.getUser()).data.user).toBeNull()
    expect(browser.jar.size).toBe(0)
  })

  test('an email that a client requested can be opened by the same client with its code (PKCE)', async ({
    skip,
  }) => {
    const local = target.local
    if (!local) return skip('needs the email')
    const { email, id } = await aUser()
    const browser = createCookieBrowser(target)
    const requested = await browser
      .request()
      .auth.resetPasswordForEmail(email, { redirectTo: `${target.url}/reset` })
    expect(requested.error).toBeNull()
    const link = new URL(await readLink(local.connectionString, email))
    expect(link.pathname).toBe('/auth/confirm')
    const verifyUrl = new URL('/auth/v1/verify', target.url)
    verifyUrl.searchParams.set('token', link.searchParams.get('token_hash') ?? '')
    verifyUrl.searchParams.set('type', 'recovery')
    const response = await fetch(verifyUrl, { redirect: 'manual' })
    const code = new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
    expect(
      (await createCookieBrowser(target).request().auth.exchangeCodeForSession(code)).error,
    ).not.toBeNull()
    const { data } = await browser.request().auth.exchangeCodeForSession(code)
    expect(data.user?.id).toBe(id)
  })
})
