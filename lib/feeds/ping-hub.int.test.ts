import { createServer } from 'node:http'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { churches, sermons } from '#lib/db/schema.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { pingHub } from './ping-hub.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
let clockMs: number
/** The feeds of which the hub was notified, and how it answers. */
let notified: string[]
let status: number

const hub = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += part
  })
  request.on('end', () => {
    const fields = new URLSearchParams(body)
    if (fields.get('hub.mode') === 'publish') notified.push(fields.get('hub.url') ?? '')
    response.writeHead(status).end()
  })
})
let hubUrl: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve))
  const address = hub.address()
  if (address === null || typeof address === 'string') throw new Error('The hub has no port.')
  hubUrl = `http://127.0.0.1:${address.port}/`
})

afterAll(async () => {
  await new Promise((resolve) => hub.close(resolve))
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  await connection.db.delete(churches)
  churchId = await createChurch(connection.db)
  clockMs = Date.now()
  notified = []
  status = 202
})

const ping = () =>
  pingHub(
    { db: connection.db, now: () => new Date(clockMs), fetch },
    { hubUrl, siteUrl: 'https://grace.example/' },
  )
const publish = () =>
  createSermons(connection.db, { churchId, count: 1, publication: 'published', mediaStatus: 'ready' })
const feed = 'https://grace.example/feeds/podcast.xml'

test('the hub is notified once of a sermon that appears in the feed, and not of one that cannot be heard', async () => {
  await createSermons(connection.db, { churchId, count: 1, publication: 'draft', mediaStatus: 'ready' })
  await createSermons(connection.db, { churchId, count: 1, publication: 'published', mediaStatus: 'running' })
  expect(await ping()).toBe(0)
  await publish()
  expect(await ping()).toBe(1)
  expect(await ping()).toBe(0)
  expect(notified).toEqual([feed])
})

test('the hub is notified of the feeds of the topics of a changed sermon', async () => {
  const [sermonId = ''] = await publish()
  await updateSermon(connection, { sermonId, churchId, changes: { topics: ['Hope', 'Prayer'] } })
  await ping()
  const feedOf = (slug: string) => `https://grace.example/feeds/topics/${slug}.xml`
  expect(notified).toEqual([feed, feedOf('hope'), feedOf('prayer')])
})

test('the hub is notified of a later change, and when a sermon is withdrawn', async () => {
  const [first = ''] = await publish()
  await publish()
  await ping()
  await connection.db
    .update(sermons)
    .set({ title: 'Another', updatedAt: new Date(Date.now() + 1000) })
    .where(eq(sermons.id, first))
  expect(await ping()).toBe(1)
  await connection.db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, first))
  expect(await ping()).toBe(1)
  expect(notified).toEqual([feed, feed, feed])
})

test('a hub that fails is notified again, at growing intervals, of everything that it missed', async () => {
  await publish()
  status = 503
  expect(await ping()).toBe(0)
  expect(await ping()).toBe(0)
  expect(notified).toHaveLength(1)
  clockMs += 60_000
  expect(await ping()).toBe(0)
  clockMs += 60_000
  expect(await ping()).toBe(0)
  expect(notified).toHaveLength(2)
  clockMs += 60_000
  status = 204
  expect(await ping()).toBe(1)
  expect(notified).toHaveLength(3)
  expect(await ping()).toBe(0)
})
