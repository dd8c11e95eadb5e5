import { eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiToken } from '#lib/auth/api-tokens.ts'
import { limitSignIns } from '#lib/auth/limit-sign-ins.ts'
import { resolveRequestActor, resolveSession } from '#lib/auth/resolve-request-actor.ts'
import { resolveTokenActor } from '#lib/auth/resolve-token-actor.ts'
import { endSession, endSessions, listSessions } from '#lib/auth/sessions.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { signInForToken } from '#lib/auth/sign-in-for-token.ts'
import { changePassword } from '#lib/churches/change-password.ts'
import {
  changeRole,
  inviteMember,
  listMembers,
  removeMember,
  renewInvitation,
} from '#lib/churches/members.ts'
import { auditLog, events, mediaAssets, memberships } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { createSermon } from '#lib/sermons/create-sermon.ts'
import { replaceRecording } from '#lib/sermons/replace-recording.ts'
import { newSermonSchema } from '#lib/sermons/sermon-input.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, accountPassword, startAccounts } from '#test/start-accounts.ts'

let accounts: Accounts
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1'
const client = { key: '198.51.100.7', isShared: false }

beforeAll(async () => {
  accounts = await startAccounts()
})

afterAll(() => accounts?.stop())

/** Signs in, and returns what a page would know. */
async function openSession(email: string, userAgent = firefox, password = accountPassword) {
  const browser = accounts.openBrowser()
  await signIn({ session: browser.session() }, { email, password })
  const confirm = (trustSignature = true) =>
    resolveSession(accounts.services, browser.session(), { trustSignature, userAgent })
  const sessionId = (await confirm())?.sessionId ?? ''
  return { ...browser, confirm, sessionId }
}

const actionsOf = async (actorId: string) =>
  (await accounts.services.db.select().from(auditLog).where(eq(auditLog.actorId, actorId))).map(
    ({ action }) => action,
  )

test('a person sees their own sessions with the device of each, and ends one of them at once', async () => {
  const { db } = accounts.services
  const person = await accounts.createAccount(await createChurch(db), 'viewer')
  const stranger = await accounts.createAccount(await createChurch(db), 'owner')
  const here = await openSession(person.email, firefox)
  const phone = await openSession(person.email, safari)
  const listed = await listSessions({ db }, { userId: person.userId, currentId: here.sessionId })
  expect(listed).toHaveLength(2)
  expect(listed).toContainEqual(
    expect.objectContaining({ id: here.sessionId, browser: 'Firefox', system: 'Linux', isCurrent: true }),
  )
  expect(listed).toContainEqual(
    expect.objectContaining({ id: phone.sessionId, browser: 'Safari', system: 'iPhone', isCurrent: false }),
  )
  for (const { createdAt, lastUsedAt } of listed) {
    expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(60_000)
    expect(Date.parse(lastUsedAt)).toBeGreaterThanOrEqual(Date.parse(createdAt))
  }

  await expect(endSession({ db }, { ...stranger, sessionId: phone.sessionId })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await phone.confirm()).not.toBeNull()
  await endSession({ db }, { ...person, sessionId: phone.sessionId })
  // Its access token is valid for another hour, but the session is checked with every request.
  expect(await phone.confirm()).toBeNull()
  const request = new Request(`${accounts.gateway.url}/api/v1/runs`, { headers: { cookie: phone.cookie() } })
  expect(await resolveRequestActor(accounts.services, request, () => undefined)).toBeNull()
  expect(await here.confirm()).not.toBeNull()
  expect(await actionsOf(person.userId)).toEqual(['session.ended'])
})

test('signing out everywhere ends every session, and all but this one where it is kept', async () => {
  const { db } = accounts.services
  const person = await accounts.createAccount(await createChurch(db), 'editor')
  const [first, second, third] = [
    await openSession(person.email),
    await openSession(person.email),
    await openSession(person.email),
  ]
  await endSessions({ db, session: second.session() }, { ...person, scope: 'others' })
  expect(
    await Promise.all([first, second, third].map(async (one) => (await one.confirm()) !== null)),
  ).toEqual([false, true, false])
  await endSessions({ db, session: second.session() }, { ...person, scope: 'global' })
  expect(await second.confirm()).toBeNull()
})

test('a password changes only for who gives the current one, and every other session ends', async () => {
  const { db } = accounts.services
  const person = await accounts.createAccount(await createChurch(db), 'owner')
  const here = await openSession(person.email)
  const elsewhere = await openSession(person.email)
  const change = (current: string) =>
    changePassword({ db, session: here.session() }, { current, password: 'a new password', person, client })
  await expect(change('not the password')).rejects.toMatchObject({
    code: 'forbidden',
    reason: 'auth.wrong_password',
  })
  expect(await elsewhere.confirm()).not.toBeNull()

  await change(accountPassword)
  expect(await elsewhere.confirm()).toBeNull()
  expect(await here.confirm(false)).toMatchObject({ actor: { email: person.email } })
  await expect(openSession(person.email)).rejects.toMatchObject({ code: 'not_signed_in' })
  await openSession(person.email, firefox, 'a new password')
  expect(await actionsOf(person.userId)).toEqual(['password.changed'])
})

test('a new password and signing out everywhere end the tokens of sign-ins, and not those made for programs', async () => {
  const { services } = accounts
  const { db } = services
  const person = await accounts.createAccount(await createChurch(db), 'owner')
  const { session } = await openSession(person.email)
  const program = await createApiToken({ db }, { ...person, name: 'A program' })
  const signInOnCommandLine = (password: string) =>
    signInForToken(services, {
      email: person.email,
      password,
      isKnownClient: true,
      name: 'CLI',
      lifeSeconds: 60,
    })
  const works = async ({ token }: { token: string }) => (await resolveTokenActor({ db }, token)) !== null
  const first = await signInOnCommandLine(accountPassword)
  expect(await works(first)).toBe(true)
  await changePassword(
    { db, session: session() },
    { current: accountPassword, password: 'a new password', person, client },
  )
  expect([await works(first), await works(program)]).toEqual([false, true])
  const second = await signInOnCommandLine('a new password')
  await endSessions({ db, session: session() }, { ...person, scope: 'others' })
  expect([await works(second), await works(program)]).toEqual([false, true])
})

test('guesses at the current password are paced like sign-ins', async () => {
  const { db } = accounts.services
  const person = await accounts.createAccount(await createChurch(db), 'owner')
  const { session } = await openSession(person.email)
  const guesser = { key: '203.0.113.9', isShared: false }
  const guess = () =>
    limitSignIns({ db }, { email: person.email, client: guesser }, async () => {
      throw new AppError('not_signed_in', 'Wrong')
    }).catch(({ code }: AppError) => code)
  while ((await guess()) !== 'rate_limited');
  const change = changePassword(
    { db, session: session() },
    { current: accountPassword, password: 'a new password', person, client: guesser },
  )
  await expect(change).rejects.toMatchObject({ code: 'rate_limited' })
})

test('a role counts from the next request, and a church keeps an owner', async () => {
  const { db } = accounts.services
  const churchId = await createChurch(db)
  const owner = await accounts.createAccount(churchId, 'owner')
  const person = await accounts.createAccount(churchId, 'editor')
  const { confirm } = await openSession(person.email)
  const change = (userId: string, role: 'owner' | 'viewer') =>
    changeRole({ db }, { churchId, actorId: owner.userId, userId, role })
  await change(person.userId, 'viewer')
  expect((await confirm())?.actor.memberships).toMatchObject([{ churchId, role: 'viewer' }])
  await expect(change(owner.userId, 'viewer')).rejects.toMatchObject({ reason: 'member.last_owner' })
  await change(person.userId, 'owner')
  await change(owner.userId, 'viewer')
  const other = await accounts.createAccount(await createChurch(db), 'viewer')
  await expect(change(other.userId, 'viewer')).rejects.toMatchObject({ code: 'not_found' })
  expect(await actionsOf(owner.userId)).toEqual(Array(3).fill('member.role_changed'))
})

test('a removed member is out at once, with their sessions and tokens', async () => {
  const { db } = accounts.services
  const churchId = await createChurch(db)
  const owner = await accounts.createAccount(churchId, 'owner')
  const person = await accounts.createAccount(churchId, 'editor')
  const { confirm } = await openSession(person.email)
  const { token } = await createApiToken({ db }, { ...person, name: 'A script' })
  expect(await resolveTokenActor({ db }, token)).not.toBeNull()
  await removeMember({ db }, { churchId, actorId: owner.userId, userId: person.userId })
  expect(await confirm()).toBeNull()
  expect(await resolveTokenActor({ db }, token)).toBeNull()
  expect(await actionsOf(owner.userId)).toEqual(['member.removed'])
})

test.each([
  ['removed', removeMember],
  ['made a viewer', (services, input) => changeRole(services, { ...input, role: 'viewer' })],
] satisfies [string, typeof removeMember][])(
  'the unfinished uploads of a member who is %s end with their rights, those of others do not',
  async (_, act) => {
    const { services } = accounts
    const churchId = await createChurch(services.db)
    const owner = await accounts.createAccount(churchId, 'owner')
    const person = await accounts.createAccount(churchId, 'editor')
    await ensureBuckets(services)
    const file = { fileName: 'a.mp3', sizeBytes: 3, contentType: 'audio/mpeg' }
    const { sermonId } = await createSermon(services, {
      ...newSermonSchema.parse({ title: 'A sermon', ...file }),
      churchId,
      createdBy: owner.userId,
    })
    const begun = await replaceRecording(services, { sermonId, churchId, actorId: person.userId, ...file })
    await act(services, { churchId, actorId: owner.userId, userId: person.userId })
    const left = await services.db.select().from(mediaAssets).where(eq(mediaAssets.sermonId, sermonId))
    expect(left.map(({ uploadedBy }) => uploadedBy)).toEqual([owner.userId])
    const [event] = await services.db.select().from(events).where(eq(events.churchId, churchId))
    expect(event).toMatchObject({
      type: 'sermon.removed',
      payload: { objects: [{ bucket: 'originals', path: begun.metadata.objectName }] },
    })
  },
)

test('of several invitations of one person at one moment one is made, and the others are refused', async () => {
  const { services } = accounts
  const churchId = await createChurch(services.db)
  const owner = await accounts.createAccount(churchId, 'owner')
  const invite = () =>
    inviteMember(services, { churchId, actorId: owner.userId, email: 'six@example.org', role: 'viewer' })
  const made = await Promise.allSettled([invite(), invite(), invite(), invite(), invite(), invite()])
  const refusals = made.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refusals).toHaveLength(5)
  for (const refusal of refusals) expect(refusal).toMatchObject({ reason: 'member.exists' })
})

test('an invitation gives no power over an account that exists', async () => {
  const { services } = accounts
  const churchId = await createChurch(services.db)
  const owner = await accounts.createAccount(churchId, 'owner')
  const as = { churchId, actorId: owner.userId }
  const stranger = await accounts.createAccount(await createChurch(services.db), 'owner')
  const invitedStranger = await inviteMember(services, { ...as, email: stranger.email, role: 'viewer' })
  expect(invitedStranger.link).toBe(`${accounts.gateway.url}/sign-in`)

  // A listener has an account of their own, and belongs to no church.
  const listener = await accounts.createAccount(stranger.churchId, 'viewer')
  await openSession(listener.email)
  await services.db.delete(memberships).where(eq(memberships.userId, listener.userId))
  const invitedListener = await inviteMember(services, { ...as, email: listener.email, role: 'viewer' })
  expect(invitedListener).toMatchObject({
    link: `${accounts.gateway.url}/sign-in`,
    userId: listener.userId,
  })

  const guest = await inviteMember(services, { ...as, email: 'guest@example.org', role: 'viewer' })
  const again = await renewInvitation(services, { ...as, userId: guest.userId })
  expect(again.link).toContain('/password?token=')
  expect(again.link).not.toBe(guest.link)
  await openSession(owner.email)
  await expect(renewInvitation(services, { ...as, userId: owner.userId })).rejects.toMatchObject({
    reason: 'member.signed_in',
  })
  const members = await listMembers(services, { churchId })
  expect(members.find(({ userId }) => userId === guest.userId)).toMatchObject({ hasSignedIn: false })
  expect(members.find(({ userId }) => userId === owner.userId)).toMatchObject({ hasSignedIn: true })
  const log = await services.db
    .select()
    .from(auditLog)
    .where(inArray(auditLog.action, ['member.invited', 'member.invited_again']))
  expect(log.filter(({ actorId }) => actorId === owner.userId)).toHaveLength(4)
})
