import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { downloadRequests, downloadSalts } from '#lib/db/schema.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { countDownloads, noteDownload, readDownloads } from './downloads.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
let sermonId: string

/** Ten minutes, a megabyte each. */
const file = { sizeBytes: 10_000_000, durationMs: 600_000 }
const app = 'AppleCoreMedia/1.0.0.21A329 (iPhone; U; CPU OS 17_0 like Mac OS X; en_us)'
const noon = new Date('2026-11-20T12:00:00Z')
const nextDay = new Date('2026-11-21T00:30:00Z')

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  await connection.db.delete(downloadRequests)
  await connection.db.delete(downloadSalts)
  churchId = await createChurch(connection.db)
  const [id = ''] = await createSermons(connection.db, { churchId, count: 1, publication: 'published' })
  sermonId = id
})

const request = (
  { range, agent = app, address = '203.0.113.7' }: { range?: string; agent?: string; address?: string } = {},
  at = noon,
) =>
  noteDownload(
    { db: connection.db, now: () => at },
    {
      ...file,
      sermonId,
      headers: new Headers({
        'user-agent': agent,
        'x-forwarded-for': address,
        ...(range === undefined ? {} : { range }),
      }),
    },
  )
const read = (at = noon) => readDownloads({ db: connection.db, now: () => at }, { churchId })
const total = async (at = noon) => (await read(at)).last30Days

test('what one listener requests in a day counts once, in however many parts', async () => {
  await request({ range: 'bytes=0-399999' })
  await request({ range: 'bytes=400000-899999' })
  expect(await total()).toBe(0)
  await request({ range: 'bytes=900000-' })
  await request()
  expect(await total()).toBe(1)
  await request({ address: '203.0.113.8' })
  await request({ agent: 'AntennaPod/3.1.0' })
  expect(await read()).toEqual({
    last7Days: 3,
    last30Days: 3,
    sermons: [{ id: sermonId, title: expect.any(String), downloads: 3 }],
  })
})

test('the same bytes requested again are not more of the file', async () => {
  for (let round = 0; round < 3; round += 1) await request({ range: 'bytes=0-499999' })
  await request({ range: 'bytes=0-1' })
  expect(await total()).toBe(0)
})

test.each([
  '',
  'Googlebot/2.1 (+http://www.google.com/bot.html)',
  'curl/8.5.0',
  'iTMS',
  'PocketCasts/1.0 (Feed Parser)',
])('a program is left out: %j', async (agent) => {
  await request({ agent })
  expect(await total()).toBe(0)
  expect(await connection.db.select().from(downloadRequests)).toEqual([])
})

test('a day that is over is counted once, and what identified its listeners is deleted', async () => {
  await request()
  await request({}, nextDay)
  await request({ range: 'bytes=0-9', address: '203.0.113.9' })
  const services = { db: connection.db, now: () => nextDay }
  await countDownloads(services)
  await countDownloads(services)
  expect(await total(nextDay)).toBe(2)
  expect(await connection.db.select({ day: downloadSalts.day }).from(downloadSalts)).toEqual([
    { day: '2026-11-21' },
  ])
  expect(await connection.db.select({ day: downloadRequests.day }).from(downloadRequests)).toEqual([
    { day: '2026-11-21' },
  ])
  expect(await total(new Date('2027-01-15T12:00:00Z'))).toBe(0)
})

test('a listener has another digest on each day, and no address is stored', async () => {
  await request()
  await request({}, nextDay)
  const rows = await connection.db.select().from(downloadRequests)
  expect(new Set(rows.map(({ listener }) => listener)).size).toBe(2)
  expect(JSON.stringify(rows)).not.toContain('203.0.113')
})
