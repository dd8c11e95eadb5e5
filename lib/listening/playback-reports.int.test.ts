import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { playbackReports } from '#lib/db/schema.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { prunePlaybackReports, readPlaybackFigures, storePlaybackReport } from './playback-reports.ts'

let database: TestDatabase
let connection: DatabaseConnection

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

test('waits for sound are counted by kind and cause, for the church, and deleted after 30 days', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1, publication: 'published' })
  const [draftId = ''] = await createSermons(db, { churchId, count: 1, publication: 'draft' })
  for (const waitedMs of [100, 200, 900])
    expect(await storePlaybackReport({ db }, { sermonId, kind: 'start', waitedMs })).toBe(true)
  await storePlaybackReport({ db }, { sermonId, kind: 'stall', cause: 'server', waitedMs: 5000 })
  await storePlaybackReport({ db }, { sermonId, kind: 'stall', waitedMs: 300 })
  expect(await storePlaybackReport({ db }, { sermonId: draftId, kind: 'start', waitedMs: 1 })).toBe(false)

  const now = () => new Date()
  expect(await readPlaybackFigures({ db, now }, { churchId, hours: 1 })).toEqual([
    { kind: 'start', cause: null, count: 3, p50Ms: 200, p95Ms: 900 },
    expect.objectContaining({ kind: 'stall', count: 1 }),
    expect.objectContaining({ kind: 'stall', count: 1 }),
  ])
  const other = await createChurch(db)
  expect(await readPlaybackFigures({ db, now }, { churchId: other, hours: 1 })).toEqual([])

  const later = (days: number) => () => new Date(Date.now() + days * 86_400_000)
  await prunePlaybackReports({ db, now: later(29) })
  expect(await db.select().from(playbackReports)).toHaveLength(5)
  await prunePlaybackReports({ db, now: later(31) })
  expect(await db.select().from(playbackReports)).toEqual([])
})
