import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { churches, scriptureRefs, sermons, transcripts } from '#lib/db/schema.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { bookBySlug } from './bible-books.ts'
import { formatRange } from './format-references.ts'
import { readBookCounts, readChapter, readCoverage } from './read-coverage.ts'
import { countDoubtfulReferences, decideReference, listDoubtfulReferences } from './review-references.ts'
import { storeMissingReferences, storeReferences } from './store-references.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  const [church] = await connection.db
    .insert(churches)
    .values({ slug: randomUUID(), name: 'A church' })
    .returning()
  churchId = church?.id ?? ''
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function createTestSermon(fields: {
  title: string
  scripture?: string
  text?: string
  publish?: boolean
}) {
  const { db } = connection
  const { sermonId } = await createTextSermon(
    { db },
    { churchId, createdBy: null, text: 'Grace be with you all.', publish: true, ...fields },
  )
  await indexPassages({ db, embedder: null }, { sermonId })
  await storeReferences({ db }, { sermonId })
  return sermonId
}

async function storedOf(sermonId: string): Promise<string[]> {
  const rows = await connection.db.select().from(scriptureRefs).where(eq(scriptureRefs.sermonId, sermonId))
  return rows.map((row) => `${formatRange({ start: row.firstVerse, end: row.lastVerse })} ${row.kind}`).sort()
}

const chapterOf = async (slug: string, chapter: number) => {
  const book = bookBySlug(slug)
  if (!book) throw new Error(`no book ${slug}`)
  return readChapter(connection, { book, chapter })
}

it('compares ranges: a sermon on Romans 8 to 10 is found at Romans 9, and one on 1 John 3 not at John 3', async () => {
  await createTestSermon({ title: 'Grace to Israel', scripture: 'Romans 8-10' })
  await createTestSermon({ title: 'Children of God', scripture: '1 John 3' })
  expect((await chapterOf('romans', 9)).map(({ title }) => title)).toEqual(['Grace to Israel'])
  expect(await chapterOf('romans', 11)).toEqual([])
  expect(await chapterOf('john', 3)).toEqual([])
})

it('lists first the sermons that expound a chapter, then those that read it, then those that mention it', async () => {
  await createTestSermon({
    title: 'Mentions',
    text: 'Good morning to you all. That is said in Ruth chapter 2 as well.',
  })
  await createTestSermon({ title: 'Reads', text: 'Please turn with me to Ruth chapter 2 verse 4.' })
  await createTestSermon({ title: 'Expounds', scripture: 'Ruth 2:1-12; Psalm 91' })
  const found = await chapterOf('ruth', 2)
  expect(found.map(({ title, kind }) => [title, kind])).toEqual([
    ['Expounds', 'expounded'],
    ['Reads', 'read'],
    ['Mentions', 'mentioned'],
  ])
  expect(found[1]?.moments[0]?.text).toContain('Ruth chapter 2 verse 4.')
  const ruth = (await readCoverage(connection)).find(({ book }) => book.osis === 'Ruth')
  expect(ruth).toMatchObject({ expounded: [0, 1, 0, 0], named: [0, 3, 0, 0] })
  expect((await chapterOf('psalms', 91)).map(({ title }) => title)).toEqual(['Expounds'])
})

it('counts a sermon once for each book that it expounds or reads, and a draft or a mention for none', async () => {
  await createTestSermon({ title: 'Two places of one book', scripture: 'Joel 3 - Amos 1; Amos 3; Joel 2' })
  await createTestSermon({ title: 'A draft', scripture: 'Amos 2', publish: false })
  await createTestSermon({ title: 'A mention', text: 'That is said in Micah chapter 6 as well.' })
  const counts = await readBookCounts(connection)
  const of = (osis: string) => counts.find(({ book }) => book.osis === osis)?.sermons
  expect([of('Amos'), of('Joel'), of('Mic')]).toEqual([1, 1, 0])
  expect(counts).toHaveLength(66)
})

it('says of a moment that its words are a draft transcript', async () => {
  const sermonId = await createTestSermon({
    title: 'Heard',
    text: 'Please turn with me to Haggai chapter 2.',
  })
  const isDraft = async () => (await chapterOf('haggai', 2))[0]?.moments[0]?.isDraft
  expect(await isDraft()).toBe(false)
  await connection.db.update(transcripts).set({ isDraft: true }).where(eq(transcripts.sermonId, sermonId))
  expect(await isDraft()).toBe(true)
})

it('does not list a draft', async () => {
  await createTestSermon({ title: 'Not yet', scripture: 'Obadiah 1', publish: false })
  expect(await chapterOf('obadiah', 1)).toEqual([])
  expect((await readCoverage(connection)).find(({ book }) => book.osis === 'Obad')?.named).toEqual([0])
})

it('updates the references when the details change', async () => {
  const sermonId = await createTestSermon({ title: 'On hope', scripture: 'Jonah 2' })
  await updateSermon(connection, { sermonId, churchId, changes: { scripture: 'Micah 6:8' } })
  expect(await storedOf(sermonId)).toEqual(['Micah 6:8 expounded'])
})

it('reads the references of sermons that are older than this feature, once', async () => {
  const sermonId = await createTestSermon({
    title: 'On waiting',
    scripture: 'Habakkuk 2',
    text: 'As in Nahum 1:7 too.',
  })
  const { db } = connection
  await db.delete(scriptureRefs).where(eq(scriptureRefs.sermonId, sermonId))
  await db.update(sermons).set({ referencesOf: null }).where(eq(sermons.id, sermonId))
  expect(await storeMissingReferences({ db }, { limit: 10 })).toBe(1)
  expect(await storedOf(sermonId)).toEqual(['Habakkuk 2 expounded', 'Nahum 1:7 mentioned'])
  expect(await storeMissingReferences({ db }, { limit: 10 })).toBe(0)
})

it('counts a doubtful reference once the church has accepted it, and remembers what was declined', async () => {
  const walk = 'We walk on together and talk of many things by the way. '.repeat(90)
  const text = `Please turn to Luke chapter 9 verse 1. ${walk}Now look at verse 23. ${walk}Then comes verse 35.`
  const sermonId = await createTestSermon({ title: 'The long way', text })
  const waiting = async () =>
    (await listDoubtfulReferences(connection, { churchId })).filter((found) => found.sermonId === sermonId)
  const found = await waiting()
  expect(found.map(({ reference, words }) => [reference, words])).toEqual([
    ['Luke 9:23', 'verse 23.'],
    ['Luke 9:35', 'verse 35.'],
  ])
  expect(found[0]?.before).toMatch(/by the way\. Now look at$/)
  expect(found[0]?.after).toMatch(/^We walk on/)
  expect(await storedOf(sermonId)).toEqual(['Luke 9:1 read'])
  const decide = (place: number, decision: 'accepted' | 'declined', church = churchId) =>
    decideReference(connection, {
      churchId: church,
      actorId: randomUUID(),
      id: found[place]?.id ?? '',
      decision,
    })
  await expect(decide(0, 'accepted', randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  expect(await countDoubtfulReferences(connection, { churchId })).toBe(2)
  await decide(0, 'accepted')
  const [, left] = found
  expect((await waiting()).map(({ reference }) => reference)).toEqual([left?.reference])
  expect(await storedOf(sermonId)).toEqual(['Luke 9:1 read', 'Luke 9:23 mentioned'])
  await decideReference(connection, {
    churchId,
    actorId: randomUUID(),
    id: (await waiting())[0]?.id ?? '',
    decision: 'declined',
  })
  await storeReferences(connection, { sermonId })
  expect(await waiting()).toEqual([])
  expect(await storedOf(sermonId)).toEqual(['Luke 9:1 read', 'Luke 9:23 mentioned'])
})
