import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { setLanguage } from '#lib/churches/set-language.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, sermons, transcripts } from '#lib/db/schema.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { createChurch } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  churchId = await createChurch(db)
  await setLanguage({ db }, { churchId, actorId: churchId, language: 'he' })
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const aSermon = async (language?: string) => {
  const { sermonId } = await createTextSermon(
    { db },
    {
      title: 'Psalm 23',
      text: 'The Lord is my shepherd.',
      publish: false,
      churchId,
      createdBy: null,
      ...(language ? { language } : {}),
    },
  )
  return sermonId
}

const languagesOf = async (sermonId: string) => {
  const { language } = await findChurchSermon({ db }, { id: sermonId, churchId })
  const rows = await db.select().from(transcripts).where(eq(transcripts.sermonId, sermonId))
  return [language, ...rows.map((row) => row.language)]
}

const requestsOf = async (sermonId: string) =>
  (await db.select().from(events).where(eq(events.sermonId, sermonId))).length

test('a new sermon has the language of its church unless it says otherwise', async () => {
  expect(await languagesOf(await aSermon())).toEqual(['he', 'he'])
  expect(await languagesOf(await aSermon('zh-Hant'))).toEqual(['zh-Hant', 'zh-Hant'])
})

test('another language is that of the transcript as well, and the sermon is indexed again by its rules', async () => {
  const sermonId = await aSermon()
  await db.update(sermons).set({ indexStatus: 'ready' }).where(eq(sermons.id, sermonId))
  const before = await requestsOf(sermonId)
  await updateSermon({ db }, { sermonId, churchId, changes: { language: 'he', description: 'A psalm.' } })
  expect(await requestsOf(sermonId)).toBe(before)
  await updateSermon({ db }, { sermonId, churchId, changes: { language: 'es-419' } })
  expect(await languagesOf(sermonId)).toEqual(['es-419', 'es-419'])
  expect(await requestsOf(sermonId)).toBe(before + 1)
  const { facets } = await findChurchSermon({ db }, { id: sermonId, churchId })
  expect(facets.index.status).toBe('pending')
})
