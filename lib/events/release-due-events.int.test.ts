import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, scheduledEvents, sermons } from '#lib/db/schema.ts'
import { releaseDueEvents } from '#lib/events/release-due-events.ts'
import {
  publishDueSermon,
  publishSermon,
  schedulePublication,
  unpublishSermon,
} from '#lib/sermons/publish-sermon.ts'
import { trashSermon } from '#lib/sermons/trash-sermon.ts'
import { connectStorage } from '#lib/storage/connect-storage.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
let sermonId: string
let time = new Date('2027-03-01T10:00:00Z')
const now = () => time
const day = 86_400_000
// Nothing is uploaded here, so storage gets no request.
const storage = connectStorage({
  supabaseUrl: 'http://127.0.0.1:9',
  publicUrl: '/',
  publishableKey: 'key',
  secretKey: 'secret',
})
const inDays = (days: number) => new Date(time.getTime() + days * day)

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

beforeEach(async () => {
  await connection.db.execute(sql`truncate events, scheduled_events`)
  churchId = await createChurch(connection.db)
  const [id = ''] = await createSermons(connection.db, { churchId, count: 1 })
  sermonId = id
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const schedule = (publishAt: Date) =>
  schedulePublication({ db: connection.db, now }, { sermonId, churchId, publishAt })
const release = () => releaseDueEvents({ db: connection.db, now })
const released = () => connection.db.select().from(events)

test('work scheduled a year ahead becomes an event when it is due, exactly once, across restarts', async () => {
  await schedule(inDays(365))
  time = inDays(364.99)
  expect(await release()).toBe(0)
  expect(await released()).toEqual([])
  // A process that starts much later still releases it, exactly once.
  await connection.close()
  connection = connectDatabase(database.connectionString)
  time = inDays(0.02)
  await release()
  await release()
  expect(await released()).toMatchObject([
    { type: 'sermon.publish-due', sermonId, payload: { sermonId, churchId }, state: 'pending' },
  ])
  const publishing = { db: connection.db, now }
  expect(await publishDueSermon(publishing, { sermonId, churchId })).toBe(true)
  expect(await publishDueSermon(publishing, { sermonId, churchId })).toBe(false)
})

test('a time in the past or more than a year ahead is refused', async () => {
  await expect(schedule(inDays(-1))).rejects.toMatchObject({ code: 'bad_request' })
  await expect(schedule(inDays(400))).rejects.toMatchObject({ code: 'bad_request' })
})

test('scheduling again moves the event: nothing happens at the first time', async () => {
  await schedule(inDays(1))
  await schedule(inDays(30))
  time = inDays(2)
  await release()
  expect(await released()).toEqual([])
  time = inDays(29)
  await release()
  expect(await released()).toHaveLength(1)
})

test('publishing, unpublishing and trashing a sermon cancel its schedule', async () => {
  const { db } = connection
  for (const cancel of [
    () => publishSermon({ db }, { sermonId, churchId }),
    () => unpublishSermon({ db }, { sermonId, churchId }),
    () => trashSermon({ db, storage }, { sermonId, churchId, actorId: null }),
  ]) {
    await schedule(inDays(1))
    await cancel()
    time = inDays(2)
    await release()
    expect(await released()).toEqual([])
  }
})

test('a cancellation after the event was written still applies: the sermon stays a draft', async () => {
  const { db } = connection
  await schedule(inDays(1))
  time = inDays(2)
  await release()
  await unpublishSermon({ db }, { sermonId, churchId })
  expect(await publishDueSermon({ db, now }, { sermonId, churchId })).toBe(false)
  const [sermon] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(sermon).toMatchObject({ publication: 'draft' })
})

test('two processes release many events due at the same moment: each exactly once, none left', async () => {
  const { db } = connection
  const rows = Array.from({ length: 450 }, (_, index) => ({
    ...{ key: `thing/${index}`, type: 'sermon.publish-due' as const, churchId, payload: { index } },
    dueAt: inDays(1),
  }))
  await db.insert(scheduledEvents).values(rows)
  const other = connectDatabase(database.connectionString)
  time = inDays(1)
  await Promise.all([release(), releaseDueEvents({ db: other.db, now })])
  await other.close()
  const seen = (await released()).map(({ payload }) => payload.index)
  expect(seen).toHaveLength(450)
  expect(new Set(seen).size).toBe(450)
  expect(await db.$count(scheduledEvents)).toBe(0)
})
