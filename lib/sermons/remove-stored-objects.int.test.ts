import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, scheduledEvents } from '#lib/db/schema.ts'
import { releaseDueEvents } from '#lib/events/release-due-events.ts'
import { removeStoredObjects } from '#lib/sermons/remove-stored-objects.ts'
import { connectStorage } from '#lib/storage/connect-storage.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { startVendorServer, tooMany, type VendorServer } from '#test/start-vendor-server.ts'

let database: TestDatabase
let connection: DatabaseConnection
let storage: VendorServer

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  storage = await startVendorServer(tooMany('30'))
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
  await storage?.stop()
})

test('the files of a removed sermon are removed later when storage is rate limited, with as many retries as needed', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const payload = { churchId, objects: [{ bucket: 'media', path: `${churchId}/a/1/64k.mp4` }] }
  const dependencies = {
    db,
    storage: connectStorage({
      supabaseUrl: storage.url,
      publicUrl: storage.url,
      publishableKey: 'key',
      secretKey: 'secret',
    }),
  }
  for (const times of [1, 2]) {
    expect(await removeStoredObjects(dependencies, payload)).toEqual({ postponed: true })
    expect(await removeStoredObjects(dependencies, payload)).toEqual({ postponed: true })
    const [again, ...others] = await db.select().from(scheduledEvents)
    expect(others).toEqual([])
    await releaseDueEvents({ db, now: () => again?.dueAt ?? new Date(0) })
    const requested = await db.select().from(events).where(eq(events.churchId, churchId))
    expect(requested).toHaveLength(times)
    expect(requested[0]).toMatchObject({ type: 'sermon.removed', payload })
  }
  storage.answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
  expect(await removeStoredObjects(dependencies, payload)).toEqual({ removed: 1 })
  storage.answer = (response) =>
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"out of order"}')
  await expect(removeStoredObjects(dependencies, payload)).rejects.toMatchObject({ code: 'vendor_failed' })
})
