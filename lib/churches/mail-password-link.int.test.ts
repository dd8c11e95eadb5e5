import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signIn } from '#lib/auth/sign-in.ts'
import { limitPasswordLinks, mailPasswordLink } from '#lib/churches/mail-password-link.ts'
import { inviteMember } from '#lib/churches/members.ts'
import { setPassword } from '#lib/churches/set-password.ts'
import { auditLog, rateLimits } from '#lib/db/schema.ts'
import { createMailer } from '#lib/mail/create-mailer.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { readMails } from '#test/read-mails.ts'
import { type Accounts, startAccounts } from '#test/start-accounts.ts'
import { startMailServer, type TestMailServer } from '#test/start-mail-server.ts'

let accounts: Accounts
let server: TestMailServer
const from = 'selah@example.org'

beforeAll(async () => {
  accounts = await startAccounts()
  server = await startMailServer()
})

beforeEach(() => accounts.services.db.delete(rateLimits))

afterAll(async () => {
  await accounts?.stop()
  await server?.stop()
})

const request = (email: string) =>
  mailPasswordLink(accounts.services, createMailer({ smtpUrl: server.url, from }), { email })

test('a member gets a link that sets a new password, once', async () => {
  const { db } = accounts.services
  const { userId, email } = await accounts.createAccount(await createChurch(db), 'owner')
  await request(` ${email.toUpperCase()} `)
  const [mail] = await readMails(server, { recipient: email, count: 1 })
  const token = mail?.tokenHash ?? ''
  const choose = () => {
    const session = accounts.openBrowser().session()
    return setPassword({ db, session }, { token, kind: 'recovery', password: 'a new long password' })
  }
  await choose()
  await expect(choose()).rejects.toMatchObject({ reason: 'auth.link_expired' })
  const session = accounts.openBrowser().session()
  await expect(signIn({ session }, { email, password: 'a new long password' })).resolves.toEqual({ userId })
  const log = await db.select().from(auditLog).where(eq(auditLog.subject, userId))
  expect(log.map(({ action }) => action)).toContain('password.link_mailed')
})

test('an address without an account gets nothing, and nothing fails', async () => {
  await expect(request('nobody@example.org')).resolves.toBeUndefined()
  await readMails(server, { recipient: 'nobody@example.org', count: 0 })
})

test('an invited person whose link has expired requests one themselves', async () => {
  const { services } = accounts
  const churchId = await createChurch(services.db)
  const owner = await accounts.createAccount(churchId, 'owner')
  const email = `${crypto.randomUUID()}@example.org`
  await inviteMember(services, { churchId, actorId: owner.userId, email, role: 'editor' })
  await request(email)
  const [mail] = await readMails(server, { recipient: email, count: 1 })
  const session = accounts.openBrowser().session()
  await setPassword(
    { db: services.db, session },
    { token: mail?.tokenHash ?? '', kind: 'recovery', password: 'my password' },
  )
})

test('a mailbox is not filled: three mails to an account, and ten requests of a client', async () => {
  const { db } = accounts.services
  const { email } = await accounts.createAccount(await createChurch(db), 'viewer')
  for (let count = 0; count < 5; count += 1) await request(email)
  await readMails(server, { recipient: email, count: 3 })
  const client = { key: '198.51.100.9', isShared: false }
  for (let count = 0; count < 10; count += 1) await limitPasswordLinks({ db }, client)
  await expect(limitPasswordLinks({ db }, client)).rejects.toMatchObject({ code: 'rate_limited' })
})
