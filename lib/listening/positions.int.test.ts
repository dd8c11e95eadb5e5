import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { profiles, sermons } from '#lib/db/schema.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { listPositions, savePosition } from './positions.ts'

let database: TestDatabase
let connection: DatabaseConnection
let sermonId: string
let actor: Actor

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const aListener = async (): Promise<Actor> => {
  const userId = randomUUID()
  await connection.db.insert(profiles).values({ id: userId, email: `${userId}@example.org` })
  return { userId, email: '', displayName: '', memberships: [] }
}

beforeEach(async () => {
  const churchId = await createChurch(connection.db)
  const [id = ''] = await createSermons(connection.db, {
    ...{ churchId, count: 1, publication: 'published', mediaStatus: 'ready', durationMs: 600_000 },
  })
  sermonId = id
  actor = await aListener()
})

const save = (
  positionMs: number,
  listenedAt?: string,
  more: { finished?: boolean; recording?: number } = {},
) =>
  savePosition(connection, {
    ...{ actor, sermonId },
    input: { positionMs, finished: false, ...(listenedAt === undefined ? {} : { listenedAt }), ...more },
  })
const list = (of = actor) => listPositions(connection, { actor: of })

test('the latest moment of listening wins, in whatever order the places arrive', async () => {
  expect(await save(300_000, '2026-11-22T10:05:00Z')).toMatchObject({ positionMs: 300_000 })
  expect(await save(10_000, '2026-11-22T10:00:00Z')).toMatchObject({
    positionMs: 300_000,
    listenedAt: '2026-11-22T10:05:00.000Z',
  })
  expect(await save(200_000, '2026-11-22T12:06:00+02:00')).toMatchObject({ positionMs: 200_000 })
  expect(await list()).toMatchObject([{ sermonId, positionMs: 200_000, finished: false, recording: 1 }])
})

test('a clock that is ahead does not stop later places', async () => {
  await save(1000, '2099-01-01T00:00:00Z')
  await expect.poll(async () => (await save(2000)).positionMs).toBe(2000)
})

test('a finished sermon begins from the start, also when its end was only almost reached', async () => {
  expect(await save(400_000, '2026-11-22T10:00:00Z', { finished: true })).toMatchObject({
    positionMs: 0,
    finished: true,
  })
  expect(await save(120_000, '2026-11-22T11:00:00Z')).toMatchObject({ positionMs: 120_000, finished: false })
  expect(await save(590_000, '2026-11-22T12:00:00Z')).toMatchObject({ positionMs: 0, finished: true })
})

test('a place belongs to one recording: a new one begins from the start, and late reports of the old are refused', async () => {
  await save(300_000, '2026-11-22T10:00:00Z')
  await connection.db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  expect(await list()).toEqual([])
  await expect(save(310_000, undefined, { recording: 1 })).rejects.toMatchObject({ reason: 'media.replaced' })
  // Also when the new one was listened to before the last report of the old one.
  expect(await save(5000, '2026-11-22T09:00:00Z', { recording: 2 })).toMatchObject({ positionMs: 5000 })
})

test('only the listener gets their places, and none of sermons that are drafts or in the trash', async () => {
  await save(300_000)
  const other = await aListener()
  expect(await list(other)).toEqual([])
  await connection.db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, sermonId))
  expect(await list()).toEqual([])
  await expect(save(310_000)).rejects.toMatchObject({ code: 'not_found' })
})
