import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { unreachableMail } from '#test/unreachable-mail.ts'

/** Emails are read from the outbox of the local service, so these checks do not run against hosted projects. */
let gateway: TestGateway
let database: pg.Client
let service: SupabaseClient
const password = 'correct horse battery'
/** Emails stay in the outbox, where the tests read them. */
const noSession = { persistSession: false, autoRefreshToken: false }

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { SELAH_AUTH_SIGNUP: 'confirm', ...unreachableMail } })
  database = new pg.Client({ connectionString: gateway.connectionString })
  await database.connect()
  service = createClient(gateway.url, gateway.secretKey, { auth: noSession })
})

afterAll(async () => {
  await database?.end()
  await gateway?.stop()
})

type Options = { flowType?: 'pkce' | 'implicit' }

/** Creates a client with its own storage, like another browser. */
function aClient({ flowType = 'implicit' }: Options = {}): SupabaseClient {
  const stored = new Map<string, string>()
  return createClient(gateway.url, gateway.publishableKey, {
    auth: {
      autoRefreshToken: false,
      flowType,
      persistSession: true,
      storageKey: crypto.randomUUID(),
      storage: {
        getItem: (key) => stored.get(key) ?? null,
        setItem: (key, value) => void stored.set(key, value),
        removeItem: (key) => void stored.delete(key),
      },
    },
  })
}

const anEmail = () => `${crypto.randomUUID()}@example.org`

async function aSignedInUser(options?: Options) {
  const email = anEmail()
  const { data, error } = await service.auth.admin.createUser({ email, password, email_confirm: true })
  if (error) throw error
  const client = aClient(options)
  expect((await client.auth.signInWithPassword({ email, password })).error).toBeNull()
  return { client, email, id: data.user.id }
}

/** Returns the emails to an address, newest first. */
async function emailsTo(recipient: string) {
  const { rows } = await database.query<{ kind: string; link: string | null; body_text: string }>(
    'select kind, link, body_text from auth_local.outbox where recipient = $1 order by created_at desc, id desc',
    [recipient],
  )
  return rows.map(({ kind, link, body_text }) => ({
    kind,
    tokenHash: link === null ? '' : (new URL(link).searchParams.get('token_hash') ?? ''),
    code: /\b\d{6}\b/.exec(body_text)?.[0] ?? '',
  }))
}

/** Opens a link like a browser and returns the address of the redirect. */
async function openLink(tokenHash: string, type: string): Promise<URL> {
  const link = new URL('/auth/v1/verify', gateway.url)
  link.searchParams.set('token', tokenHash)
  link.searchParams.set('type', type)
  const response = await fetch(link, { redirect: 'manual' })
  expect(response.status).toBe(303)
  return new URL(response.headers.get('location') ?? '')
}

test('a confirmation is sent again, and only the newest link confirms', async () => {
  const email = anEmail()
  const client = aClient()
  expect((await client.auth.signUp({ email, password })).data.session).toBeNull()
  expect((await client.auth.resend({ type: 'signup', email })).error).toBeNull()
  const [newest, first] = await emailsTo(email)
  expect([newest?.kind, first?.kind]).toEqual(['signup', 'signup'])
  const old = await client.auth.verifyOtp({ token_hash: first?.tokenHash ?? '', type: 'signup' })
  expect(old.error?.code).toBe('otp_expired')
  const opened = await client.auth.verifyOtp({ token_hash: newest?.tokenHash ?? '', type: 'signup' })
  expect(opened.data.user).toMatchObject({ email, email_confirmed_at: expect.any(String) })
})

test('a repeated confirmation answers the same for unknown and confirmed addresses, and sends nothing to them', async () => {
  const { email } = await aSignedInUser()
  const unknown = anEmail()
  const answers = [
    await aClient().auth.resend({ type: 'signup', email }),
    await aClient().auth.resend({ type: 'signup', email: unknown }),
    await aClient().auth.resend({ type: 'email_change', email }),
  ]
  for (const answer of answers) expect(answer).toEqual({ data: { user: null, session: null }, error: null })
  expect([...(await emailsTo(email)), ...(await emailsTo(unknown))]).toEqual([])
})

test('a repeated confirmation of a type without email is refused like on hosted Auth', async () => {
  const { error } = await aClient().auth.resend({ type: 'sms', phone: '441234567890' })
  expect(error).toMatchObject({ status: 400, code: 'phone_provider_disabled' })
})

test('the code of a reauthentication is valid once, and only for its own user', async () => {
  const [one, two] = [await aSignedInUser(), await aSignedInUser()]
  expect((await one.client.auth.reauthenticate()).error).toBeNull()
  const [email] = await emailsTo(one.email)
  expect(email).toMatchObject({
    kind: 'reauthentication',
    tokenHash: '',
    code: expect.stringMatching(/^\d{6}$/),
  })
  const nonce = email?.code ?? ''
  const stolen = await two.client.auth.updateUser({ password: 'another long password', nonce })
  expect(stolen.error).toMatchObject({ status: 422, code: 'reauthentication_not_valid' })
  // The refused change did not change the password.
  expect((await aClient().auth.signInWithPassword({ email: two.email, password })).error).toBeNull()
  expect((await one.client.auth.updateUser({ password: 'another long password', nonce })).error).toBeNull()
  const again = await one.client.auth.updateUser({ password: 'a third long password', nonce })
  expect(again.error?.code).toBe('reauthentication_not_valid')
})

test('a caller who is not signed in cannot request a reauthentication', async () => {
  expect((await aClient().auth.reauthenticate()).error).not.toBeNull()
})

test.each([
  ['the current address first', ['current', 'next']],
  ['the new address first', ['next', 'current']],
] as const)('an address changes when both links were opened: %s', async (_, order) => {
  const { client, email, id } = await aSignedInUser()
  const next = anEmail()
  const requested = await client.auth.updateUser({ email: next })
  expect(requested.data.user).toMatchObject({ email, new_email: next })
  const addresses = { current: email, next }
  const [first, second] = order.map((which) => addresses[which])
  const [firstEmail] = await emailsTo(first ?? '')
  const [secondEmail] = await emailsTo(second ?? '')
  expect([firstEmail?.kind, secondEmail?.kind]).toEqual(['email_change', 'email_change'])

  const redirected = await openLink(firstEmail?.tokenHash ?? '', 'email_change')
  expect(redirected.hash).toContain('message=Confirmation')
  expect(redirected.hash).not.toContain('access_token')
  expect((await service.auth.admin.getUserById(id)).data.user?.email).toBe(email)
  const repeated = await openLink(firstEmail?.tokenHash ?? '', 'email_change')
  expect(repeated.searchParams.get('error_code')).toBe('otp_expired')
  expect((await service.auth.admin.getUserById(id)).data.user?.email).toBe(email)

  expect((await openLink(secondEmail?.tokenHash ?? '', 'email_change')).hash).toContain('access_token=')
  expect((await service.auth.admin.getUserById(id)).data.user?.email).toBe(next)
  expect((await aClient().auth.signInWithPassword({ email: next, password })).error).toBeNull()
  expect((await aClient().auth.signInWithPassword({ email, password })).error?.code).toBe(
    'invalid_credentials',
  )
})

test('a repeated change of address needs both new links', async () => {
  const { client, email, id } = await aSignedInUser()
  const next = anEmail()
  await client.auth.updateUser({ email: next })
  const [current] = await emailsTo(email)
  await openLink(current?.tokenHash ?? '', 'email_change')
  expect((await client.auth.resend({ type: 'email_change', email })).error).toBeNull()
  const [newest, older] = await emailsTo(next)
  expect((await openLink(older?.tokenHash ?? '', 'email_change')).searchParams.get('error_code')).toBe(
    'otp_expired',
  )
  await openLink(newest?.tokenHash ?? '', 'email_change')
  expect((await service.auth.admin.getUserById(id)).data.user?.email).toBe(email)
  await openLink((await emailsTo(email))[0]?.tokenHash ?? '', 'email_change')
  expect((await service.auth.admin.getUserById(id)).data.user?.email).toBe(next)
})

test('a user cannot use the address of another user', async () => {
  const [one, two] = [await aSignedInUser(), await aSignedInUser()]
  expect((await one.client.auth.updateUser({ email: two.email })).error).toMatchObject({
    status: 422,
    code: 'email_exists',
  })
})

test('a sign-up with PKCE returns a code that only the same client can exchange', async () => {
  const email = anEmail()
  const client = aClient({ flowType: 'pkce' })
  expect((await client.auth.signUp({ email, password })).error).toBeNull()
  const [sent] = await emailsTo(email)
  const redirected = await openLink(sent?.tokenHash ?? '', 'signup')
  expect(redirected.hash).not.toContain('access_token')
  const code = redirected.searchParams.get('code') ?? ''
  expect((await aClient({ flowType: 'pkce' }).auth.exchangeCodeForSession(code)).error).not.toBeNull()
  expect((await client.auth.exchangeCodeForSession(code)).data.user).toMatchObject({ email })
})

test('a forgotten password is chosen on the page of Selah that the email leads to', async () => {
  const { email } = await aSignedInUser()
  expect((await aClient().auth.resetPasswordForEmail(email)).error).toBeNull()
  const { rows } = await database.query('select link from auth_local.outbox where recipient = $1', [email])
  const link = new URL(rows[0]?.link)
  expect(link.pathname).toBe('/password')
  expect(link.searchParams.get('kind')).toBe('recovery')
  const token_hash = link.searchParams.get('token') ?? ''
  expect((await aClient().auth.verifyOtp({ token_hash, type: 'recovery' })).data.user).toMatchObject({
    email,
  })
})

test('without a mail server nothing is sent or stored, and the link that an operator has made stays', async () => {
  const silent = await startTestGateway()
  try {
    const admin = createClient(silent.url, silent.secretKey, { auth: noSession })
    const email = anEmail()
    await admin.auth.admin.createUser({ email, password, email_confirm: true })
    const { data } = await admin.auth.admin.generateLink({ type: 'recovery', email })
    const anyone = createClient(silent.url, silent.publishableKey, { auth: noSession })
    const refused = { error: { code: 'email_provider_disabled' } }
    expect(await anyone.auth.resetPasswordForEmail(email)).toMatchObject(refused)
    expect(await anyone.auth.signInWithOtp({ email })).toMatchObject(refused)
    const token_hash = data.properties?.hashed_token ?? ''
    expect((await anyone.auth.verifyOtp({ token_hash, type: 'recovery' })).error).toBeNull()
  } finally {
    await silent.stop()
  }
})

test('second factors and single sign-on are refused with a known error', async () => {
  const { client } = await aSignedInUser()
  const factor = await client.auth.mfa.enroll({ factorType: 'totp' })
  expect(factor.error).toMatchObject({ status: 422, code: 'mfa_totp_enroll_not_enabled' })
  const single = await aClient().auth.signInWithSSO({ domain: 'example.org' })
  expect(single.error).toMatchObject({ status: 404, code: 'saml_provider_disabled' })
})

test('a sign-in link creates the account of a new address, signs in once in any browser, and is the newest only', async () => {
  const email = anEmail()
  // The client that asks keeps a secret (PKCE); the link is opened in another one.
  const asking = aClient({ flowType: 'pkce' })
  for (const _ of [1, 2]) {
    const asked = await asking.auth.signInWithOtp({ email })
    expect(asked).toEqual({ data: { user: null, session: null, messageId: undefined }, error: null })
  }
  const [newest, older] = await emailsTo(email)
  expect(newest).toMatchObject({ kind: 'magiclink', code: '' })
  const type = 'email'
  const opening = aClient()
  const old = await opening.auth.verifyOtp({ token_hash: older?.tokenHash ?? '', type })
  expect(old.error).toMatchObject({ status: 403, code: 'otp_expired' })
  const opened = await opening.auth.verifyOtp({ token_hash: newest?.tokenHash ?? '', type })
  expect(opened.data.user).toMatchObject({ email, email_confirmed_at: expect.any(String) })
  expect((await opening.auth.getUser()).data.user?.email).toBe(email)
  const again = await aClient().auth.verifyOtp({ token_hash: newest?.tokenHash ?? '', type })
  expect(again.error).toMatchObject({ status: 403, code: 'otp_expired' })
})

test('a sign-in link has expired after an hour', async () => {
  const email = anEmail()
  expect((await aClient().auth.signInWithOtp({ email })).error).toBeNull()
  const [sent] = await emailsTo(email)
  await database.query(
    `update auth.one_time_tokens set created_at = now() - interval '3601 s'
      where user_id = (select id from auth.users where email = $1)`,
    [email],
  )
  const late = await aClient().auth.verifyOtp({ token_hash: sent?.tokenHash ?? '', type: 'magiclink' })
  expect(late.error).toMatchObject({ status: 403, code: 'otp_expired' })
})

test('a request that may create no account is refused for a new address, and a phone number always', async () => {
  const email = anEmail()
  const unknown = await aClient().auth.signInWithOtp({ email, options: { shouldCreateUser: false } })
  expect(unknown.error).toMatchObject({ status: 422, code: 'otp_disabled' })
  const known = await aSignedInUser()
  const asked = await aClient().auth.signInWithOtp({
    email: known.email,
    options: { shouldCreateUser: false },
  })
  expect(asked.error).toBeNull()
  expect((await emailsTo(known.email))[0]?.kind).toBe('magiclink')
  const phone = await aClient().auth.signInWithOtp({ phone: '441234567890' })
  expect(phone.error).toMatchObject({ status: 400, code: 'phone_provider_disabled' })
})
