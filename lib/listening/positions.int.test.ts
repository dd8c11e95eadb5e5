import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { positions, profiles, recordingCuts, sermons } from '#lib/db/schema.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { listRecordings } from './list-recordings.ts'
import { exportPositions, listPositions, savePosition } from './positions.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
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
  churchId = await createChurch(connection.db)
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

/** Publishes the part from `startMs` to `endMs` of the first recording as recording 2. */
async function publishPart({ startMs, endMs }: { startMs: number; endMs: number }) {
  const { db } = connection
  const cut = { churchId, sermonId, mediaRevision: 2, baseRevision: 1, baseDurationMs: 600_000 }
  await db.insert(recordingCuts).values({ ...cut, startMs, endMs, state: 'ready' })
  const part = { mediaRevision: 2, durationMs: endMs - startMs }
  await db.update(sermons).set(part).where(eq(sermons.id, sermonId))
}

test('a place in the whole recording is one in its published part, whichever of the two was stored first', async () => {
  await save(300_000, '2026-11-22T10:00:00Z')
  await publishPart({ startMs: 60_000, endMs: 500_000 })
  expect(await list()).toMatchObject([{ recording: 2, positionMs: 240_000, finished: false }])
  // A page that stayed open still plays the whole.
  expect(await save(310_000, '2026-11-22T10:01:00Z', { recording: 1 })).toMatchObject({
    recording: 2,
    positionMs: 250_000,
  })
  expect(await save(200_000, '2026-11-22T09:00:00Z', { recording: 1 })).toMatchObject({ positionMs: 250_000 })
})

test('a place before the published part is its start, and one after it counts as finished', async () => {
  await publishPart({ startMs: 60_000, endMs: 500_000 })
  expect(await save(30_000, '2026-11-22T10:00:00Z', { recording: 1 })).toMatchObject({
    positionMs: 0,
    finished: false,
  })
  expect(await save(550_000, '2026-11-22T10:01:00Z', { recording: 1 })).toMatchObject({
    positionMs: 0,
    finished: true,
  })
})

test('devices learn what leads from the times of the whole recording to its part, of published sermons only', async () => {
  await publishPart({ startMs: 60_000, endMs: 500_000 })
  const listed = () => listRecordings(connection, { sermonIds: [sermonId, randomUUID()] })
  expect(await listed()).toEqual({
    recordings: [
      { sermonId, recording: 2, durationMs: 440_000, others: [{ recording: 1, shiftMs: -60_000 }] },
    ],
  })
  await connection.db.update(recordingCuts).set({ state: 'pending', mediaRevision: 3 })
  await connection.db.update(sermons).set({ mediaRevision: 1 }).where(eq(sermons.id, sermonId))
  // Nobody learns of a part that is being made.
  expect(await listed()).toMatchObject({ recordings: [{ recording: 1, others: [] }] })
  await connection.db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, sermonId))
  expect(await listed()).toEqual({ recordings: [] })
})

test('a place that arrives after the account was deleted is refused as that of a visitor', async () => {
  await connection.db.delete(profiles).where(eq(profiles.id, actor.userId))
  await expect(save(300_000)).rejects.toMatchObject({ code: 'not_signed_in' })
})

test('a listener gets every place that is stored of them, without words of sermons that they may not see', async () => {
  const sermonIds = await createSermons(connection.db, {
    ...{ churchId, count: 501, publication: 'published', mediaStatus: 'ready', durationMs: 600_000 },
  })
  const places = sermonIds.map((id, index) => ({
    sermonId: id,
    positionMs: index,
    mediaRevision: 7,
    listenedAt: new Date(),
  }))
  await connection.db.insert(positions).values(places.map((place) => ({ ...place, userId: actor.userId })))
  await save(300_000)
  await connection.db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, sermonId))
  const exported = await exportPositions(connection, { actor })
  expect(exported).toHaveLength(502)
  expect(exported.find((place) => place.sermonId === sermonId)).toMatchObject({
    title: '',
    positionMs: 300_000,
  })
})
