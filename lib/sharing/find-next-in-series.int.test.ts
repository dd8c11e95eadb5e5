import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { series, sermons } from '#lib/db/schema.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { findNextInSeries } from './find-next-in-series.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
let seriesId: string | null

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  churchId = await createChurch(connection.db)
  const [row] = await connection.db
    .insert(series)
    .values({ churchId, slug: randomUUID(), title: 'Letters' })
    .returning()
  seriesId = row?.id ?? null
})

async function aSermon(preachedOn: string, more: Partial<typeof sermons.$inferInsert> = {}): Promise<string> {
  const [id = ''] = await createSermons(connection.db, {
    ...{ churchId, count: 1, seriesId, preachedOn, publication: 'published', mediaStatus: 'ready' },
    ...{ durationMs: 600_000, ...more },
  })
  return id
}

const nextOf = async (sermonId: string) => (await findNextInSeries(connection, { sermonId })).next

test('the sermon that was preached next follows, whatever was added first, and nothing follows the last', async () => {
  const third = await aSermon('2026-03-15')
  const first = await aSermon('2026-03-01')
  const second = await aSermon('2026-03-08')
  expect(await nextOf(first)).toMatchObject({ id: second, series: 'Letters', recording: 1 })
  expect(await nextOf(second)).toMatchObject({ id: third })
  expect(await nextOf(third)).toBeNull()
})

test('what listeners cannot play is passed over: drafts, texts, recordings in preparation, the trash', async () => {
  const first = await aSermon('2026-03-01')
  await aSermon('2026-03-02', { publication: 'draft' })
  await aSermon('2026-03-03', { isTextOnly: true, durationMs: null })
  await aSermon('2026-03-04', { mediaStatus: 'running' })
  await aSermon('2026-03-05', { trashedAt: new Date() })
  expect(await nextOf(first)).toBeNull()
  const last = await aSermon('2026-03-06')
  expect((await nextOf(first))?.id).toBe(last)
})

test('a sermon without a series has none, and one that is not public is not found', async () => {
  const alone = await aSermon('2026-03-01', { seriesId: null })
  expect(await nextOf(alone)).toBeNull()
  await connection.db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, alone))
  await expect(nextOf(alone)).rejects.toMatchObject({ code: 'not_found' })
})
