import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { type Member, requireMember } from '#lib/auth/actor.ts'
import { createApiToken, listApiTokens, mintApiToken, revokeApiToken } from '#lib/auth/api-tokens.ts'
import { resolveTokenActor } from '#lib/auth/resolve-token-actor.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { apiTokens, auditLog, memberships, profiles, type Role } from '#lib/db/schema.ts'
import { createChurch } from '#test/job-fixtures.ts'

const dayMs = 24 * 60 * 60 * 1000
let database: TestDatabase
let connection: ReturnType<typeof connectDatabase>

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString, { maxConnections: 2 })
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function createMember(churchId: string, role: Role): Promise<Member> {
  const { db } = connection
  const userId = randomUUID()
  const email = `${userId}@example.org`
  await db.insert(profiles).values({ id: userId, email })
  await db.insert(memberships).values({ churchId, userId, role })
  const church = { churchId, churchName: 'A church', timeZone: 'UTC', language: 'en', role }
  return { actor: { userId, email, displayName: '', memberships: [church] }, ...church }
}

/** The member as whom the holder of a token acts. */
async function memberOf(token: string): Promise<Member> {
  return requireMember(await resolveTokenActor(connection, token), { role: 'viewer' })
}

test.each([
  ['read', 'viewer'],
  ['write', 'editor'],
  ['operate', 'owner'],
] as const)('a token of an owner with the scope %s acts as %s', async (scope, role) => {
  const owner = await createMember(await createChurch(connection.db), 'owner')
  const { token } = await mintApiToken(connection, owner, { name: 'A script', scope })
  expect(await memberOf(token)).toMatchObject({ role })
})

test('a token never makes one of a larger scope', async () => {
  const { db } = connection
  const owner = await createMember(await createChurch(db), 'owner')
  const { token } = await mintApiToken(connection, owner, { name: 'A script', scope: 'write' })
  const holder = await memberOf(token)
  await expect(mintApiToken(connection, holder, { name: 'More', scope: 'operate' })).rejects.toMatchObject({
    reason: 'token.scope_too_large',
  })
  // Without a scope it gets the largest that the holder may give.
  const { token: child } = await mintApiToken(connection, holder, { name: 'Same' })
  expect(await memberOf(child)).toMatchObject({ role: 'editor' })
  expect((await listApiTokens(connection, holder)).map(({ scope }) => scope)).toEqual(['write', 'write'])
})

test('a token ends after a year unless another day is given, and never later than in ten years', async () => {
  const owner = await createMember(await createChurch(connection.db), 'owner')
  await mintApiToken(connection, owner, { name: 'A script' })
  const [listed] = await listApiTokens(connection, owner)
  const daysLeft = (Date.parse(listed?.expiresAt ?? '') - Date.now()) / dayMs
  expect(daysLeft).toBeGreaterThan(364)
  expect(daysLeft).toBeLessThan(367)
  const expiresAt = new Date(Date.now() + dayMs)
  const { id, token } = await mintApiToken(connection, owner, { name: 'Short', expiresAt })
  expect(await resolveTokenActor(connection, token)).not.toBeNull()
  await connection.db
    .update(apiTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(apiTokens.id, id))
  expect(await resolveTokenActor(connection, token)).toBeNull()
  const tooLate = new Date(Date.now() + 4000 * dayMs)
  await expect(mintApiToken(connection, owner, { name: 'Wrong', expiresAt: tooLate })).rejects.toMatchObject({
    code: 'bad_request',
  })
})

test('an editor sees and revokes their own tokens, an owner those of everyone, and both are recorded', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const [owner, editor] = [await createMember(churchId, 'owner'), await createMember(churchId, 'editor')]
  const ofOwner = await mintApiToken(connection, owner, { name: 'Of the owner' })
  const ofEditor = await mintApiToken(connection, editor, { name: 'Of the editor' })
  expect((await listApiTokens(connection, editor)).map(({ name }) => name)).toEqual(['Of the editor'])
  expect(await listApiTokens(connection, owner)).toHaveLength(2)
  await expect(revokeApiToken(connection, editor, { id: ofOwner.id })).rejects.toMatchObject({
    code: 'not_found',
  })
  await revokeApiToken(connection, owner, { id: ofEditor.id })
  expect(await resolveTokenActor(connection, ofEditor.token)).toBeNull()
  expect(await resolveTokenActor(connection, ofOwner.token)).not.toBeNull()
  const log = await db.select().from(auditLog).where(eq(auditLog.churchId, churchId))
  expect(log.map(({ action, actorId, subject }) => ({ action, actorId, subject }))).toEqual(
    expect.arrayContaining([
      { action: 'token.created', actorId: editor.actor.userId, subject: ofEditor.id },
      { action: 'token.revoked', actorId: owner.actor.userId, subject: ofEditor.id },
    ]),
  )
})

test('a token that was made before there were scopes keeps what its member may do', async () => {
  const owner = await createMember(await createChurch(connection.db), 'owner')
  const { token } = await createApiToken(connection, {
    churchId: owner.churchId,
    userId: owner.actor.userId,
    name: 'Old',
  })
  expect(await memberOf(token)).toMatchObject({ role: 'owner' })
})
