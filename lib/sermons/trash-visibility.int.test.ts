import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { answerQuestion } from '#lib/ask/answer-question.ts'
import { extractiveAnswerer } from '#lib/ask/extractive-answerer.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { bibleBooks } from '#lib/scripture/bible-books.ts'
import { readChapter, readCoverage } from '#lib/scripture/read-coverage.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { findChurchSermon, findVisibleSermon } from '#lib/sermons/find-sermon.ts'
import { listChurchSermons, listPublishedSermons, listTrashedSermons } from '#lib/sermons/list-sermons.ts'
import { restoreSermon } from '#lib/sermons/restore-sermon.ts'
import { trashSermon } from '#lib/sermons/trash-sermon.ts'
import { connectStorage } from '#lib/storage/connect-storage.ts'
import { createChurch } from '#test/job-fixtures.ts'

const title = 'On Burdens'
const text =
  'When trouble comes to your door, take it to God in prayer before you take it to anybody else. A burden that is told to him is a burden half carried. We know from Romans 8 that nothing separates us from his love.'
let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let sermonId: string
let slug: string
let member: Actor
// Nothing is uploaded here, so storage gets no request.
const storage = connectStorage({
  supabaseUrl: 'http://127.0.0.1:9',
  publicUrl: '/',
  publishableKey: 'key',
  secretKey: 'secret',
})
const [romans] = bibleBooks.filter(({ name }) => name === 'Romans')

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  churchId = await createChurch(db)
  const created = await createTextSermon(
    { db },
    { title, text, scripture: 'Romans 8', publish: true, churchId, createdBy: null },
  )
  sermonId = created.sermonId
  await indexPassages({ db, embedder: null }, { sermonId })
  await storeReferences({ db }, { sermonId })
  slug = (await findChurchSermon({ db }, { id: sermonId, churchId })).slug
  const membership = {
    churchId,
    churchName: 'A church',
    timeZone: 'UTC',
    language: 'en',
    role: 'owner' as const,
  }
  member = { userId: sermonId, email: 'a@b.test', displayName: '', memberships: [membership] }
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const scope = () => ({ memberOf: [churchId] })
const isFound = (found: Promise<unknown>) =>
  found.then(
    () => true,
    () => false,
  )

/** Every function with which pages, the API, feeds, the MCP server and questions read sermons. */
const readers: Record<string, () => Promise<boolean>> = {
  'the list of published sermons': async () =>
    (await listPublishedSermons({ db }, { limit: 10 })).sermons.length > 0,
  'the list of the team': async () =>
    (await listChurchSermons({ db }, { churchId, limit: 10 })).sermons.length > 0,
  'the page of a sermon': () => isFound(findVisibleSermon({ db }, { slug, actor: null })),
  'a sermon by its id, with its audio and transcript': () =>
    isFound(findVisibleSermon({ db }, { id: sermonId, actor: null })),
  'a sermon by its id, for the team': () =>
    isFound(findVisibleSermon({ db }, { id: sermonId, actor: member })),
  'every change of a sermon': () => isFound(findChurchSermon({ db }, { id: sermonId, churchId })),
  'a search': async () =>
    (
      await searchPassages(
        { db, embedder: null },
        { query: 'a burden half carried', limit: 5, scope: scope() },
      )
    ).hits.length > 0,
  'a search for a title': async () =>
    (await searchPassages({ db, embedder: null }, { query: title, limit: 5, scope: scope() })).hits.length >
    0,
  'an answer': async () =>
    (
      await answerQuestion(
        { db, embedder: null, answerer: extractiveAnswerer },
        { question: 'What should I do when trouble comes to my door?', scope: scope() },
      )
    ).quotes.length > 0,
  'the coverage of the Bible': async () =>
    (await readCoverage({ db })).some(({ named }) => named.some((count) => count > 0)),
  'a chapter of the Bible': async () =>
    romans !== undefined && (await readChapter({ db }, { book: romans, chapter: 8 })).length > 0,
}

test.each(Object.entries(readers))(
  '%s does not contain a sermon in the trash, until it is restored',
  async (_, reads) => {
    expect(await reads()).toBe(true)
    await trashSermon({ db, storage }, { sermonId, churchId, actorId: null })
    expect(await reads()).toBe(false)
    // Published again, so that every reader has to check the trash and not only the publication.
    await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermonId))
    expect(await reads()).toBe(false)
    await restoreSermon({ db, now: () => new Date() }, { sermonId, churchId, actorId: null })
    expect(await reads()).toBe(true)
  },
)

test('the team finds it in the trash of its own church only', async () => {
  const other = await createChurch(db)
  await trashSermon({ db, storage }, { sermonId, churchId, actorId: null })
  const titles = async (of: string) =>
    (await listTrashedSermons({ db }, { churchId: of, limit: 10 })).sermons.map((sermon) => sermon.title)
  expect(await titles(churchId)).toEqual([title])
  expect(await titles(other)).toEqual([])
  await expect(
    restoreSermon({ db, now: () => new Date() }, { sermonId, churchId: other, actorId: null }),
  ).rejects.toMatchObject({ code: 'not_found' })
  await restoreSermon({ db, now: () => new Date() }, { sermonId, churchId, actorId: null })
  expect(await titles(churchId)).toEqual([])
})
