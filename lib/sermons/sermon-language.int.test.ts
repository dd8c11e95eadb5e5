import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { setLanguage } from '#lib/churches/set-language.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, sermons, transcripts } from '#lib/db/schema.ts'
import { storeTranscript } from '#lib/pipeline/store-transcript.ts'
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

const spanish =
  'La gracia de Dios nos alcanza cuando menos lo esperamos. El perdón no es un sentimiento, hermanos, sino una decisión.'

test('a text has its own language unless another one is given, and keeps its paragraphs', async () => {
  const paragraphs = `${spanish}\n\nAmén, amén.\n\n${spanish}`
  const create = async (given: { language?: string }) => {
    const about = { title: 'La gracia', text: paragraphs, publish: false, churchId, createdBy: null }
    return (await createTextSermon({ db }, { ...about, ...given })).sermonId
  }
  const sermonId = await create({})
  expect(await languagesOf(sermonId)).toEqual(['es', 'es'])
  expect(await languagesOf(await create({ language: 'es-419' }))).toEqual(['es-419', 'es-419'])
  const [row] = await db.select().from(transcripts).where(eq(transcripts.sermonId, sermonId))
  expect(row?.paragraphStarts?.map((start) => row.words[start]?.[0])).toEqual(['La', 'Amén,', 'La'])
})

test.each([
  ['an uploaded text decides', undefined, 'upload', 'es'],
  ['a chosen language stays', 'fr', 'upload', 'fr'],
  ['what was heard does not decide', undefined, 'recogniser', 'he'],
] as const)('%s the language of a sermon with a recording', async (_, chosen, source, expected) => {
  const sermonId = await aSermon(chosen)
  const work = {
    db,
    workKey: `${sermonId}/transcript/0/${source}`,
    taskId: 'read-transcript' as const,
    runId: `run_${sermonId}`,
    attempt: 1,
    churchId,
    sermonId,
    signal: new AbortController().signal,
    mediaRevision: 0,
  }
  await storeTranscript({ services: { db } }, work, {
    source,
    language: 'es',
    isDraft: false,
    isApproximate: false,
    words: [['Gracia.', 0, 400]],
    sentences: [[0, 0]],
  })
  expect(new Set(await languagesOf(sermonId)).has(expected)).toBe(true)
  const { language } = await findChurchSermon({ db }, { id: sermonId, churchId })
  expect(language).toBe(expected)
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
