import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Actor, homeOf, requireMember } from '#lib/auth/actor.ts'
import { offersSignInLinks } from '#lib/auth/read-auth-settings.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import { profiles, secondFactors } from '#lib/db/schema.ts'
import { readLink } from '#test/contract/read-link.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, startAccounts } from '#test/start-accounts.ts'
import { unreachableMail } from '#test/unreachable-mail.ts'
import { linkTypes, openSignInLink, requestSignInLink } from './sign-in-link.ts'

let accounts: Accounts

beforeAll(async () => {
  accounts = await startAccounts({ SELAH_AUTH_SIGNUP: 'link', ...unreachableMail })
})

afterAll(() => accounts?.stop())

const anEmail = () => `${randomUUID()}@example.org`
const aClient = () => ({ key: randomUUID(), isShared: false })

const request = (email: string, client = aClient()) =>
  requestSignInLink(accounts.services, { email, next: '/library', client })

async function tokenOf(email: string): Promise<string> {
  const link = await readLink(accounts.gateway.connectionString, email)
  return new URL(link).searchParams.get('token_hash') ?? ''
}

/** Opens a link in a new browser, and returns who is signed in there. */
async function open(token: string): Promise<Actor | null> {
  const browser = accounts.openBrowser()
  const services = { ...accounts.services, session: browser.session() }
  await openSignInLink(services, { token, type: 'magiclink', client: aClient() })
  const found = await resolveSession(accounts.services, browser.session(), {
    trustSignature: false,
    userAgent: null,
  })
  return found?.actor ?? null
}

test('a link makes a listener of a new address: signed in, known, and a member of no church', async () => {
  expect(await offersSignInLinks(accounts.services.env)).toBe(true)
  const email = anEmail()
  await request(email)
  const actor = await open(await tokenOf(email))
  expect(actor).toMatchObject({ email, memberships: [] })
  expect(homeOf(actor)).toBe('/library')
  expect(() => requireMember(actor, { role: 'viewer' })).toThrow('does not belong to a church')
})

test('a link works once', async () => {
  const email = anEmail()
  await request(email)
  const token = await tokenOf(email)
  await open(token)
  await expect(open(token)).rejects.toMatchObject({ code: 'forbidden', reason: 'auth.link_expired' })
  await expect(open('never made')).rejects.toMatchObject({ reason: 'auth.link_expired' })
})

test('a member who signs in with a link has their church, and no second profile', async () => {
  const churchId = await createChurch(accounts.services.db)
  const { email, userId } = await accounts.createAccount(churchId, 'editor')
  await request(email)
  const actor = await open(await tokenOf(email))
  expect(actor).toMatchObject({ userId, memberships: [{ churchId, role: 'editor' }] })
  const rows = await accounts.services.db.select().from(profiles).where(eq(profiles.email, email))
  expect(rows).toHaveLength(1)
})

test('the answer is the same for an address with an account, without one, and of a banned person', async () => {
  const churchId = await createChurch(accounts.services.db)
  const known = await accounts.createAccount(churchId, 'viewer')
  const banned = await accounts.createAccount(churchId, 'viewer')
  await accounts.services.supabase.auth.admin.updateUserById(banned.userId, { ban_duration: '24h' })
  for (const email of [known.email, anEmail(), banned.email]) expect(await request(email)).toBeUndefined()
})

test('a link is not enough for a person with a second factor, and leaves no session', async () => {
  const churchId = await createChurch(accounts.services.db)
  const { email, userId } = await accounts.createAccount(churchId, 'owner')
  await accounts.services.db.insert(secondFactors).values({ userId, secret: 'x', confirmedAt: new Date() })
  await request(email)
  const browser = accounts.openBrowser()
  const services = { ...accounts.services, session: browser.session() }
  const link = { token: await tokenOf(email), type: linkTypes[0], client: aClient() }
  await expect(openSignInLink(services, link)).rejects.toMatchObject({ reason: 'auth.link_not_enough' })
  expect(browser.cookie()).toBe('')
})

test('nobody can have many links sent, to one address or from one place', async () => {
  const email = anEmail()
  const toOne = await Promise.allSettled(Array.from({ length: 8 }, () => request(email)))
  const refused = toOne.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(3)
  expect(refused[0]).toMatchObject({ reason: { code: 'rate_limited', reason: 'auth.too_many_links' } })
  const client = aClient()
  const fromOne = await Promise.allSettled(Array.from({ length: 13 }, () => request(anEmail(), client)))
  expect(fromOne.filter(({ status }) => status === 'rejected')).toHaveLength(3)
})
