import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { chapterLists, events, type StoredWord, sermons, transcripts } from '#lib/db/schema.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import { editChapters } from './edit-chapters.ts'
import { readChapters, readEditableChapters } from './read-chapters.ts'
import { storeDetectedChapters, storeMissingChapters } from './store-detected-chapters.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let sermonId: string

const WORD_MS = 400
const subjects = [
  'farmer field seed harvest grain plough barn wheat soil rain'.split(' '),
  'ship storm wave anchor sailor harbour wind sail oar net'.split(' '),
]

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  churchId = await createChurch(db)
  const [id = ''] = await createSermons(db, {
    ...{ churchId, count: 1, mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' },
    ...{ durationMs: 1_200_000, transcriptRevision: 1 },
  })
  sermonId = id
})

/** A transcript of ten minutes about the harvest, then ten minutes about the sea. */
async function addTranscript(columns: Partial<typeof transcripts.$inferInsert> = {}): Promise<void> {
  const words = subjects.flatMap((own, topic) =>
    Array.from({ length: 1500 }, (_, place): StoredWord => {
      const startMs = (topic * 1500 + place) * WORD_MS
      const text = own[(place + (place >> 3)) % own.length] ?? ''
      return [place % 10 === 9 ? `${text}.` : text, startMs, startMs + 350]
    }),
  )
  await db.insert(transcripts).values({
    ...{ churchId, sermonId, revision: 1, mediaRevision: 1, source: 'upload', language: 'en' },
    ...{ isDraft: false, words },
    sentences: Array.from({ length: words.length / 10 }, (_, place) => [place * 10, place * 10 + 9]),
    ...columns,
  })
}

const shown = () => readChapters({ db }, { sermonId })
const edit = (revision: number, chapters: { title: string; startMs: number }[], own = churchId) =>
  editChapters({ db }, { sermonId, churchId: own }, { revision, chapters })
const requests = async () =>
  (await db.select().from(events).where(eq(events.sermonId, sermonId))).map(({ type }) => type)

test('chapters are detected in a transcript with times; those of the file and of a person take precedence', async () => {
  await addTranscript()
  expect(await shown()).toEqual({ source: null, chapters: [] })
  await storeDetectedChapters({ db }, { sermonId })
  const { source, chapters } = await shown()
  expect(source).toBe('detected')
  expect(chapters).toHaveLength(2)
  expect(Math.abs((chapters[1]?.startMs ?? 0) - 600_000)).toBeLessThanOrEqual(30_000)
  expect(await requests()).toEqual(['sermon.tags-changed'])

  const ofFile = [{ title: 'From the file', startMs: 0 }]
  await db
    .insert(chapterLists)
    .values({ churchId, sermonId, mediaRevision: 1, source: 'file', chapters: ofFile })
  expect(await shown()).toEqual({ source: 'file', chapters: ofFile })

  const own = [{ title: 'Harvest', startMs: 1000 }]
  expect(await edit(0, own)).toMatchObject({
    source: 'edited',
    chapters: own,
    revision: 1,
    detected: chapters,
  })
  await storeDetectedChapters({ db }, { sermonId })
  expect(await shown()).toEqual({ source: 'edited', chapters: own })
  expect(await edit(1, [])).toMatchObject({ source: 'edited', chapters: [], revision: 2 })
})

test('detecting the same chapters again requests no new podcast file', async () => {
  await addTranscript()
  await storeDetectedChapters({ db }, { sermonId })
  await storeDetectedChapters({ db }, { sermonId })
  expect(await requests()).toEqual(['sermon.tags-changed'])
})

test('a transcript with approximate times has no detected chapters', async () => {
  await addTranscript({ isApproximate: true })
  await storeDetectedChapters({ db }, { sermonId })
  expect(await storeMissingChapters({ db }, { limit: 20 })).toBe(0)
  expect(await shown()).toEqual({ source: null, chapters: [] })
})

test('sermons that were indexed before there was any detection are read once', async () => {
  await addTranscript()
  expect(await storeMissingChapters({ db }, { limit: 20 })).toBe(1)
  expect((await shown()).source).toBe('detected')
  expect(await storeMissingChapters({ db }, { limit: 20 })).toBe(0)
})

test('an edit on an outdated list is refused, and loses nothing', async () => {
  const first = [{ title: 'One', startMs: 0 }]
  await edit(0, first)
  await expect(edit(0, [{ title: 'Two', startMs: 0 }])).rejects.toMatchObject({
    code: 'conflict',
    reason: 'chapters.newer_revision',
  })
  expect((await shown()).chapters).toEqual(first)
})

test('chapters outside the recording, at the same time or without a title are refused; another church finds none', async () => {
  const refused = [
    [{ title: 'Late', startMs: 1_200_000 }],
    [
      { title: 'One', startMs: 5 },
      { title: 'Two', startMs: 5 },
    ],
    [{ title: '', startMs: 0 }],
  ]
  for (const chapters of refused) {
    await expect(edit(0, chapters)).rejects.toMatchObject({ code: 'unprocessable' })
  }
  await expect(edit(0, [], await createChurch(db))).rejects.toMatchObject({ code: 'not_found' })
  expect((await readEditableChapters({ db }, { sermonId })).revision).toBe(0)
})

test('the chapters of a replaced recording are not shown, and return with it', async () => {
  const own = [{ title: 'Harvest', startMs: 1000 }]
  await edit(0, own)
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  expect(await shown()).toEqual({ source: null, chapters: [] })
  await db.update(sermons).set({ mediaRevision: 1 }).where(eq(sermons.id, sermonId))
  expect(await shown()).toEqual({ source: 'edited', chapters: own })
})
