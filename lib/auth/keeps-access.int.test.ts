import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiToken, revokeApiToken } from '#lib/auth/api-tokens.ts'
import { keepsAccess } from '#lib/auth/keeps-access.ts'
import { resolveSession } from '#lib/auth/resolve-request-actor.ts'
import { resolveTokenActor } from '#lib/auth/resolve-token-actor.ts'
import { endSession } from '#lib/auth/sessions.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { removeMember } from '#lib/churches/members.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { type Accounts, accountPassword as password, startAccounts } from '#test/start-accounts.ts'

let accounts: Accounts

beforeAll(async () => {
  accounts = await startAccounts()
})

afterAll(() => accounts?.stop())

async function createPerson() {
  const { services } = accounts
  const churchId = await createChurch(services.db)
  const owner = await accounts.createAccount(churchId, 'owner')
  const person = await accounts.createAccount(churchId, 'editor')
  return { services, owner, person, churchId }
}

async function openSession(email: string) {
  const browser = accounts.openBrowser()
  await signIn({ session: browser.session() }, { email, password })
  const resolved = await resolveSession(accounts.services, browser.session(), {
    trustSignature: true,
    userAgent: null,
  })
  if (!resolved) throw new Error('The session is not open.')
  return resolved
}

async function openToken(person: { churchId: string; userId: string }) {
  const { services } = accounts
  const { id, token } = await createApiToken(services, { ...person, name: 'A script' })
  const actor = await resolveTokenActor(services, token)
  if (!actor) throw new Error('The token is not valid.')
  return { id, actor }
}

test('a removed member loses what they follow, by session and by token', async () => {
  const { services, owner, person, churchId } = await createPerson()
  const { actor } = await openSession(person.email)
  const token = await openToken(person)
  expect([await keepsAccess(services, actor), await keepsAccess(services, token.actor)]).toEqual([true, true])
  await removeMember(services, { churchId, actorId: owner.userId, userId: person.userId })
  expect([await keepsAccess(services, actor), await keepsAccess(services, token.actor)]).toEqual([
    false,
    false,
  ])
})

test('a session that was ended elsewhere and a revoked token lose it too', async () => {
  const { services, owner, person, churchId } = await createPerson()
  const { actor, sessionId } = await openSession(person.email)
  await endSession(services, { userId: person.userId, churchId, sessionId })
  expect(await keepsAccess(services, actor)).toBe(false)
  const { id, actor: ofToken } = await openToken(person)
  const role = { churchName: '', timeZone: 'UTC', language: 'en', role: 'owner' } as const
  const member = { actor: { ...ofToken, userId: owner.userId }, churchId, ...role }
  await expect(revokeApiToken(services, member, { id: randomUUID() })).rejects.toThrow()
  expect(await keepsAccess(services, ofToken)).toBe(true)
  await revokeApiToken(services, member, { id })
  expect(await keepsAccess(services, ofToken)).toBe(false)
})
