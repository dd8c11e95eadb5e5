import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { startMailServer, type TestMailServer } from '#test/start-mail-server.ts'
import { removeUnconfirmed } from '../../../local/auth/remove-unconfirmed.ts'

let mail: TestMailServer
let gateway: TestGateway
let database: pg.Client
const noSession = { persistSession: false, autoRefreshToken: false }

beforeAll(async () => {
  mail = await startMailServer()
  gateway = await startTestGateway({
    environment: { SMTP_URL: mail.url, SELAH_MAIL_FROM: 'selah@church.example' },
  })
  database = new pg.Client({ connectionString: gateway.connectionString })
  await database.connect()
})

afterAll(async () => {
  await database?.end()
  await gateway?.stop()
  await mail?.stop()
})

const aClient = (): SupabaseClient => createClient(gateway.url, gateway.publishableKey, { auth: noSession })

/** The link in the mail to an address, once it has arrived. */
async function receiveLink(recipient: string): Promise<URL> {
  const arrived = () => mail.mails.find(({ to }) => to.includes(recipient))
  await expect.poll(arrived).toBeDefined()
  // Quoted-printable.
  const text = (arrived()?.data ?? '').replace(/=\r?\n/g, '').replace(/=3D/gi, '=')
  return new URL(/https?:\/\/\S+/.exec(text)?.[0] ?? '')
}

test('with a mail server, visitors get accounts by a link that is sent to them, and not by a password', async () => {
  const email = 'listener@example.org'
  const settings = await (await fetch(`${gateway.url}/auth/v1/settings`)).json()
  expect(settings).toMatchObject({ disable_signup: false, mailer_autoconfirm: false })
  const signUp = await aClient().auth.signUp({ email, password: 'chosen by a stranger' })
  expect(signUp.error).toMatchObject({ status: 422, code: 'signup_disabled' })

  expect((await aClient().auth.signInWithOtp({ email })).error).toBeNull()
  const link = await receiveLink(email)
  expect(link.pathname).toBe('/auth/confirm')
  const opened = await aClient().auth.verifyOtp({
    token_hash: link.searchParams.get('token_hash') ?? '',
    type: 'magiclink',
  })
  expect(opened.data.user?.email).toBe(email)
})

test('a sent link is erased from the outbox', async () => {
  const email = 'erased@example.org'
  await aClient().auth.signInWithOtp({ email })
  await receiveLink(email)
  const readRow = async () =>
    (await database.query('select body_text, link from auth_local.outbox where recipient = $1', [email])).rows
  await expect.poll(readRow).toEqual([{ body_text: '', link: null }])
})

test('an address that the mail server refuses does not hold up the emails to others', async () => {
  mail.mood = 'refuses'
  await aClient().auth.signInWithOtp({ email: 'refused@example.org' })
  await expect.poll(() => mail.refused).toBeGreaterThan(0)
  mail.mood = 'takes'
  await aClient().auth.signInWithOtp({ email: 'next@example.org' })
  await receiveLink('next@example.org')
  const { rows } = await database.query(
    `select link is not null as waits from auth_local.outbox where recipient = 'refused@example.org'`,
  )
  expect(rows).toEqual([{ waits: true }])
})

test('an account whose link was not opened for a week is removed, and no other one', async () => {
  const [strange, recent, invited] = ['strange', 'recent', 'invited'].map((name) => `${name}@example.org`)
  for (const email of [strange, recent]) await aClient().auth.signInWithOtp({ email: email ?? '' })
  const service = createClient(gateway.url, gateway.secretKey, { auth: noSession })
  await service.auth.admin.inviteUserByEmail(invited ?? '')
  await database.query(
    `update auth.users set recovery_sent_at = now() - interval '8 days' where email = any($1)`,
    [[strange, invited]],
  )
  await removeUnconfirmed(database)
  const { rows } = await database.query('select email from auth.users where email = any($1) order by email', [
    [strange, recent, invited],
  ])
  expect(rows.map(({ email }) => email)).toEqual([invited, recent])
})
