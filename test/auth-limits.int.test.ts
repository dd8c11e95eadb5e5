import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portOf } from '#harness/ports.ts'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import { createSessionClient } from '#lib/auth/create-session-client.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { changePassword } from '#lib/churches/change-password.ts'
import { setPassword } from '#lib/churches/set-password.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, accountPassword as password, startAccounts } from '#test/start-accounts.ts'

/*
 * What a stranger can do who sends requests to the Auth API directly, with the publishable key, which every browser that
 * uploads has: guess nothing, and keep nobody out.
 */

let accounts: Accounts

beforeAll(async () => {
  accounts = await startAccounts({ SELAH_AUTH_RATE_LIMITS: 'on', SELAH_TRUST_PROXY: 'on' })
})

afterAll(() => accounts?.stop())

const createPerson = async () => accounts.createAccount(await createChurch(accounts.services.db), 'owner')

/** Sends a request to Auth from an address, and returns the status of the answer. */
async function ask(
  from: string,
  path: string,
  body: object,
  { method = 'POST', bearer }: { method?: string; bearer?: string } = {},
): Promise<number> {
  const { url, publishableKey } = accounts.gateway
  const response = await fetch(`${url}/auth/v1${path}`, {
    method,
    headers: {
      apikey: publishableKey,
      'content-type': 'application/json',
      'x-forwarded-for': from,
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
    },
    body: JSON.stringify(body),
  })
  await response.body?.cancel()
  return response.status
}

/** The statuses of `count` requests, one after the other. */
async function repeat(count: number, send: (index: number) => Promise<number>): Promise<number[]> {
  const statuses: number[] = []
  for (let index = 0; index < count; index += 1) statuses.push(await send(index))
  return statuses
}

const webServer = '198.51.100.1'
const openSession = async (email: string) => {
  const browser = accounts.openBrowser()
  await signIn({ session: browser.session() }, { email, password })
  const { data } = await browser.session().auth.getSession()
  return {
    browser,
    accessToken: data.session?.access_token ?? '',
    refreshToken: data.session?.refresh_token ?? '',
  }
}

test('wrong links, however many, keep nobody from the right one', async () => {
  const { email } = await createPerson()
  const { link } = await createPasswordLink(
    { supabase: accounts.services.supabase, siteUrl: accounts.gateway.url },
    { email, kind: 'recovery' },
  )
  const wrong = { type: 'recovery', token_hash: 'x'.repeat(56) }
  const statuses = await repeat(250, () => ask(webServer, '/verify', wrong))
  expect(new Set(statuses)).toEqual(new Set([403]))
  const token = new URL(link).searchParams.get('token') ?? ''
  const session = accounts.openBrowser().session()
  await setPassword(
    { db: accounts.services.db, session },
    { token, kind: 'recovery', password: 'a new long password' },
  )
})

test('wrong refresh tokens, however many, sign nobody out', async () => {
  const { email } = await createPerson()
  const { refreshToken } = await openSession(email)
  const refresh = (refresh_token: string) =>
    ask(webServer, '/token?grant_type=refresh_token', { refresh_token })
  const statuses = await repeat(350, (index) => refresh(`wrong-${index}`))
  expect(new Set(statuses)).toEqual(new Set([400]))
  expect(await refresh(refreshToken)).toBe(200)
})

test('a session that Auth has not signed is never sent to it, and an ended one that it has signed is renewed', async () => {
  const { email } = await createPerson()
  const { browser } = await openSession(email)
  const { data } = await browser.session().auth.getSession()
  const real = { ...data.session, expires_at: 1 }
  const [head = '', claims = ''] = real.access_token?.split('.') ?? []
  const alg = (name: string) => Buffer.from(JSON.stringify({ alg: name, typ: 'JWT' })).toString('base64url')
  const readWith = async (value: string) => {
    const asked: string[] = []
    const realFetch = globalThis.fetch
    globalThis.fetch = async (...request) => {
      asked.push(String(request[0]))
      return realFetch(...request)
    }
    try {
      const session = createSessionClient(
        {
          supabaseUrl: accounts.gateway.url,
          publishableKey: accounts.gateway.publishableKey,
          siteUrl: accounts.gateway.url,
        },
        { getAll: () => [{ name: 'selah-session', value }], setAll: () => undefined },
      )
      const { user } = (await session.auth.getUser()).data
      return { isOpen: user !== null, wasSent: asked.some((address) => address.includes('/token')) }
    } finally {
      globalThis.fetch = realFetch
    }
  }
  const encode = (session: object) => `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
  const forged = ['nonsense', 'base64-!', encode({})]
  for (const access_token of [
    'x',
    'a.b.c',
    `${head}.${claims}.${'A'.repeat(86)}`,
    `${alg('HS256')}.${claims}.${'A'.repeat(43)}`,
    `${alg('none')}.${claims}.`,
  ]) {
    forged.push(encode({ ...real, access_token }))
  }
  for (const value of forged) expect(await readWith(value), value).toEqual({ isOpen: false, wasSent: false })
  expect(await readWith(encode(real))).toEqual({ isOpen: true, wasSent: true })
})

test('a session is kept when Auth is too busy to renew it', async () => {
  const busy = createServer((_request, response) => {
    response.writeHead(429, { 'content-type': 'application/json' })
    response.end('{"code":"over_request_rate_limit","message":"Too many requests"}')
  }).listen(0, '127.0.0.1')
  try {
    const { email } = await createPerson()
    const { browser } = await openSession(email)
    const { data } = await browser.session().auth.getSession()
    const ended = { ...data.session, expires_at: 1 }
    const cookie = {
      name: 'selah-session',
      value: `base64-${Buffer.from(JSON.stringify(ended)).toString('base64url')}`,
    }
    const written: string[] = []
    const session = createSessionClient(
      {
        supabaseUrl: `http://127.0.0.1:${portOf(busy)}`,
        publishableKey: 'key',
        siteUrl: accounts.gateway.url,
      },
      { getAll: () => [cookie], setAll: (cookies) => void written.push(...cookies.map(({ name }) => name)) },
    )
    expect((await session.auth.getSession()).data.session).toBeNull()
    expect(written).toEqual([])
  } finally {
    busy.close()
  }
})

test('the addresses of one IPv6 network are one guesser, and many networks are refused for the account', async () => {
  const { email } = await createPerson()
  const guess = (from: string) =>
    ask(from, '/token?grant_type=password', { email, password: 'a wrong password' })
  const near = await repeat(61, (index) => guess(`2001:db8:1:2::${index + 1}`))
  expect(near.slice(0, 60)).toEqual(Array(60).fill(400))
  expect(near.at(-1)).toBe(429)
  const far = await repeat(45, (index) => guess(`2001:db8:2:${index + 1}::1`))
  expect(far).toEqual([...Array(40).fill(400), ...Array(5).fill(429)])
  // The web server paces its own clients, so that its people are not affected.
  const browser = accounts.openBrowser()
  await expect(signIn({ session: browser.session() }, { email, password })).resolves.toMatchObject({})
})

test('a code of six digits is refused after ten wrong ones in a day, from wherever they come, and the link is not', async () => {
  const { email } = await createPerson()
  const { data } = await accounts.services.supabase.auth.admin.generateLink({ type: 'recovery', email })
  const code = data.properties?.email_otp ?? ''
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const send = (token: string, from: string) => ask(from, '/verify', { type: 'recovery', email, token })
  const statuses = await repeat(12, (index) => send(wrong, `203.0.113.${index + 1}`))
  expect(statuses).toEqual([...Array(10).fill(403), 429, 429])
  expect(await send(code, '203.0.113.99')).toBe(429)
  const byLink = { type: 'recovery', token_hash: data.properties?.hashed_token }
  expect(await ask('203.0.113.99', '/verify', byLink)).toBe(200)
})

test('a stolen session cannot be used to guess the password or a code, nor to keep its owner from changing it', async () => {
  const { userId, email, churchId } = await createPerson()
  const { browser, accessToken: bearer } = await openSession(email)
  const change = (proof: object) => () =>
    ask(webServer, '/user', { password: 'a stolen password', ...proof }, { method: 'PUT', bearer })
  const guesses = await repeat(12, change({ current_password: 'a wrong password' }))
  expect(guesses).toEqual([...Array(10).fill(400), 429, 429])
  const codes = await repeat(12, change({ nonce: '000000' }))
  expect(codes).toEqual([...Array(10).fill(422), 429, 429])
  await changePassword(
    { db: accounts.services.db, session: browser.session() },
    {
      current: password,
      password: 'a new long password',
      person: { userId, email, churchId },
      client: { key: '192.0.2.1', isShared: false },
    },
  )
})
