import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPasswordLink } from '#lib/auth/create-password-link.ts'
import { limitSignIns } from '#lib/auth/limit-sign-ins.ts'
import { codeOfStep } from '#lib/auth/one-time-codes.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import { openSecret, sealSecret } from '#lib/auth/seal-secret.ts'
import {
  beginSecondFactor,
  checkSecondFactor,
  clearSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
} from '#lib/auth/second-factor.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { signInForToken } from '#lib/auth/sign-in-for-token.ts'
import { signInWithCode } from '#lib/auth/sign-in-with-code.ts'
import { changePassword } from '#lib/churches/change-password.ts'
import { setPassword } from '#lib/churches/set-password.ts'
import { auditLog, secondFactors } from '#lib/db/schema.ts'
import type { AppError } from '#lib/errors.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, accountPassword as password, startAccounts } from '#test/start-accounts.ts'

let accounts: Accounts

beforeAll(async () => {
  accounts = await startAccounts()
})

afterAll(() => accounts?.stop())

/** A person with a second factor, the session in which it was set up, and the app. */
async function createPerson() {
  const { services } = accounts
  const person = await accounts.createAccount(await createChurch(services.db), 'owner')
  const { userId, email, churchId } = person
  const browser = accounts.openBrowser()
  const earlier = accounts.openBrowser()
  await signIn({ session: earlier.session() }, { email, password })
  await signIn({ session: browser.session() }, { email, password })
  const confirm = (of = browser) =>
    resolveSession(services, of.session(), { trustSignature: true, userAgent: null })
  const sessionId = (await confirm())?.sessionId ?? ''
  await beginSecondFactor(services, { userId, email, issuer: 'A church' })
  // Each code is of another step, because none works twice and the next is thirty seconds away.
  let away = 0
  const nextCode = async () => {
    const [row] = await services.db.select().from(secondFactors).where(eq(secondFactors.userId, userId))
    const key = openSecret(row?.secret ?? '', { installationKey: services.env.SUPABASE_SECRET_KEY })
    const code = codeOfStep(key ?? Buffer.alloc(20), Math.floor(Date.now() / 30_000) + away)
    away += 1
    return code
  }
  const recoveryCodes = await confirmSecondFactor(services, {
    userId,
    churchId,
    sessionId,
    code: await nextCode(),
  })
  return { ...person, confirm, browser, earlier, nextCode, recoveryCodes }
}

const enter = (email: string, code?: string, key = '192.0.2.1') => {
  const browser = accounts.openBrowser()
  const client = { key, isShared: true }
  return limitSignIns(accounts.services, { email, client }, ({ isKnownClient }) =>
    signInWithCode(
      { ...accounts.services, session: browser.session() },
      { email, password, code, isKnownClient },
    ),
  ).then(() => browser)
}

test('the right password alone opens nothing, a code or a recovery code beside it does, and each only once', async () => {
  const { email, confirm, earlier, nextCode, recoveryCodes } = await createPerson()
  expect(await confirm()).not.toBeNull()
  expect(await confirm(earlier)).toBeNull()
  await expect(enter(email)).rejects.toMatchObject({ code: 'not_signed_in', reason: 'auth.code_needed' })
  await expect(enter(email, '000000')).rejects.toMatchObject({ reason: 'auth.wrong_code' })
  const code = await nextCode()
  expect(await confirm(await enter(email, ` ${code.slice(0, 3)} ${code.slice(3)}`))).not.toBeNull()
  await expect(enter(email, code)).rejects.toMatchObject({ reason: 'auth.wrong_code' })
  const [recoveryCode = ''] = recoveryCodes
  expect(await confirm(await enter(email, recoveryCode.toUpperCase()))).not.toBeNull()
  await expect(enter(email, recoveryCode)).rejects.toMatchObject({ reason: 'auth.wrong_code' })
})

test('a session that did not pass through the second factor is refused, however it was opened', async () => {
  const { email, confirm } = await createPerson()
  const direct = accounts.openBrowser()
  await signIn({ session: direct.session() }, { email, password })
  expect(await confirm(direct)).toBeNull()
})

test('the command line needs the code too', async () => {
  const { email, nextCode } = await createPerson()
  const request = { email, password, isKnownClient: false, name: 'CLI', lifeSeconds: 60 }
  await expect(signInForToken(accounts.services, request)).rejects.toMatchObject({
    reason: 'auth.code_needed',
  })
  expect(await signInForToken(accounts.services, { ...request, code: await nextCode() })).toMatchObject({
    token: expect.stringContaining('selah_'),
  })
})

test('a new password keeps the session in which it was changed', async () => {
  const { services } = accounts
  const person = await createPerson()
  const client = { key: '192.0.2.1', isShared: true }
  const session = person.browser.session()
  await changePassword(
    { db: services.db, session },
    { current: password, password: 'a new password', person, client },
  )
  expect(await person.confirm()).not.toBeNull()
})

test('the password alone changes neither the password nor the address, a one-time link sets a lost password', async () => {
  const { email, browser, confirm } = await createPerson()
  const direct = accounts.openBrowser()
  await signIn({ session: direct.session() }, { email, password })
  const refused = { error: { code: 'insufficient_aal', status: 401 } }
  expect(await direct.session().auth.updateUser({ password: 'a stolen password' })).toMatchObject(refused)
  expect(await direct.session().auth.updateUser({ email: `new-${email}` })).toMatchObject(refused)
  await signIn({ session: accounts.openBrowser().session() }, { email, password })

  const { supabase } = accounts.services
  const { link } = await createPasswordLink(
    { supabase, siteUrl: accounts.gateway.url },
    { email, kind: 'recovery' },
  )
  const token = new URL(link).searchParams.get('token') ?? ''
  const opened = accounts.openBrowser()
  const found = { token, kind: 'recovery' as const, password: 'a new password' }
  await setPassword({ db: accounts.services.db, session: opened.session() }, found)
  expect(await confirm(opened)).toBeNull()
  expect(await confirm(browser)).toBeNull()
  await signIn({ session: accounts.openBrowser().session() }, { email, password: found.password })
})

test('codes cannot be guessed: after ten wrong ones even the right one waits', async () => {
  const { userId, nextCode } = await createPerson()
  const check = (code: string) => checkSecondFactor(accounts.services, { userId, code, place: 'stranger' })
  for (let count = 0; count < 10; count++) {
    await expect(check('wrong')).rejects.toMatchObject({ reason: 'auth.wrong_code' })
  }
  await expect(check(await nextCode())).rejects.toMatchObject({ code: 'rate_limited' })
})

test('a stranger who knows the password and uses up the codes keeps the owner from nothing', async () => {
  const { email, userId, churchId, recoveryCodes } = await createPerson()
  const [first, second] = recoveryCodes
  await enter(email, first, '203.0.113.7')
  const guess = () => enter(email, '000000', '198.51.100.66').catch(({ code }: AppError) => code)
  while ((await guess()) !== 'rate_limited');
  await enter(email, second, '203.0.113.7')
  await expect(
    removeSecondFactor(accounts.services, { userId, churchId, code: '000000' }),
  ).rejects.toMatchObject({ reason: 'auth.wrong_code' })
})

test('it is turned off with a code, or on the machine without one, and both are recorded', async () => {
  const { services } = accounts
  const person = await createPerson()
  await expect(removeSecondFactor(services, { ...person, code: '000000' })).rejects.toMatchObject({
    reason: 'auth.wrong_code',
  })
  await removeSecondFactor(services, { ...person, code: await person.nextCode() })
  expect(await readSecondFactor(services, person)).toEqual({ isOn: false, recoveryCodesLeft: 0 })
  await enter(person.email)
  const other = await createPerson()
  expect(await clearSecondFactor(services, { email: other.email.toUpperCase() })).toBe(true)
  await enter(other.email)
  const actionsAbout = async (subject: string) =>
    (await services.db.select().from(auditLog).where(eq(auditLog.subject, subject))).map(
      ({ action }) => action,
    )
  expect(await actionsAbout(person.userId)).toEqual(['second_factor.added', 'second_factor.removed'])
  expect(await actionsAbout(other.userId)).toEqual(['second_factor.added', 'second_factor.cleared'])
})

test('the database holds neither the key nor a recovery code', async () => {
  const { services } = accounts
  const { userId, recoveryCodes } = await createPerson()
  const [row] = await services.db.select().from(secondFactors).where(eq(secondFactors.userId, userId))
  expect(recoveryCodes).toHaveLength(10)
  for (const code of recoveryCodes) expect(JSON.stringify(row)).not.toContain(code)
  expect(openSecret(row?.secret ?? '', { installationKey: 'another key' })).toBeNull()
  const key = Buffer.from('a key')
  const installationKey = 'ours'
  expect(openSecret(sealSecret(key, { installationKey }), { installationKey })).toEqual(key)
})
