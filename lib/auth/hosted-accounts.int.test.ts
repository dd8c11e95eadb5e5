import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allMigrations, startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { endSession, listSessions, pruneSessionUses, touchSession } from '#lib/auth/sessions.ts'
import { listMembers, removeMember } from '#lib/churches/members.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { memberships, profiles, sessionUses } from '#lib/db/schema.ts'
import { createChurch } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection

// Accounts are hosted, and the database is not the one of that project: it has no tables of Auth.
beforeAll(async () => {
  database = await startTestDatabase({
    migrations: allMigrations.filter(({ table }) => table === 'selah.schema_migrations'),
  })
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function createMember(churchId: string, role: 'owner' | 'editor') {
  const userId = randomUUID()
  await connection.db.insert(profiles).values({ id: userId, email: `${userId}@example.org` })
  await connection.db.insert(memberships).values({ churchId, userId, role })
  return { userId, churchId }
}

test('what Auth says decides whether a session is open, and its device is noted', async () => {
  const { userId } = await createMember(await createChurch(connection.db), 'owner')
  const sessionId = randomUUID()
  const touch = (isOpen: boolean) =>
    touchSession(connection, { sessionId, userId, userAgent: 'Firefox', askAuth: async () => isOpen })
  expect(await touch(false)).toBe(false)
  expect(await connection.db.select().from(sessionUses)).toEqual([])
  expect(await touch(true)).toBe(true)
  expect(await connection.db.select().from(sessionUses)).toMatchObject([{ sessionId, userAgent: 'Firefox' }])
  await pruneSessionUses(connection)
  expect(await connection.db.select().from(sessionUses)).toHaveLength(1)
})

test('sessions are not listed, and members are listed and removed', async () => {
  const churchId = await createChurch(connection.db)
  const owner = await createMember(churchId, 'owner')
  const editor = await createMember(churchId, 'editor')
  expect(await listSessions(connection, { userId: owner.userId, currentId: randomUUID() })).toEqual([])
  await expect(endSession(connection, { ...owner, sessionId: randomUUID() })).rejects.toMatchObject({
    code: 'not_found',
  })
  // A person who may have signed in gets no link to a new password from an owner.
  expect((await listMembers(connection, { churchId })).map(({ hasSignedIn }) => hasSignedIn)).toEqual([
    true,
    true,
  ])
  await removeMember(connection, { churchId, actorId: owner.userId, userId: editor.userId })
  expect((await listMembers(connection, { churchId })).map(({ userId }) => userId)).toEqual([owner.userId])
})
