import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { saveChurchProfile } from '#lib/churches/church-profile.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { readTranscript } from '#lib/sermons/read-transcript.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { findQuoteCard } from './find-quote-card.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  churchId = await createChurch(db)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function publish(text: string) {
  const { sermonId } = await createTextSermon(
    { db },
    { churchId, createdBy: null, title: 'A priest', text, publish: true },
  )
  const transcript = await readTranscript({ db }, { sermonId })
  const startOf = (sentence: number) => transcript?.words[transcript.sentences[sentence]?.[0] ?? 0]?.[1] ?? 0
  const find = (startMs: number, endMs = startMs) =>
    findQuoteCard({ db }, { sermonId, span: { startMs, endMs }, shape: 'wide', draftNote: 'Draft' })
  return { sermonId, startOf, find }
}

test('a card is drawn for the sentences of a span, and is another one after a correction', async () => {
  const { sermonId, startOf, find } = await publish('He was the king of Salem. He brought bread and wine.')
  const [first, second, both] = await Promise.all([
    find(startOf(0)),
    find(startOf(1)),
    find(startOf(0), startOf(1) + 1),
  ])
  expect(new Set([first.version, second.version, both.version]).size).toBe(3)
  expect(await sharp(await both.draw()).metadata()).toMatchObject({ width: 1200, height: 630 })
  await db.update(transcripts).set({ isDraft: true }).where(eq(transcripts.sermonId, sermonId))
  expect((await find(startOf(0))).version).not.toBe(first.version)
})

test('a card has the colour of the church where it has one, and is then another card', async () => {
  const { startOf, find } = await publish('He was the king of Salem. He brought bread and wine.')
  const before = await find(startOf(0))
  const profile = { description: '', serviceTimes: '', website: '', colour: '#1d3a5f' }
  await saveChurchProfile({ db }, { churchId, actorId: randomUUID(), profile })
  const after = await find(startOf(0))
  expect(after.version).not.toBe(before.version)
  const corner = sharp(await after.draw())
    .extract({ left: 2, top: 2, width: 1, height: 1 })
    .removeAlpha()
  const [red = 0, green = 0, blue = 0] = await corner.raw().toBuffer()
  expect(blue).toBeGreaterThan(Math.max(red, green))
})

test('there is no card of a draft, of a sermon in the trash, or where no sentence begins', async () => {
  const { sermonId, startOf, find } = await publish('He was the king of Salem. He brought bread and wine.')
  await expect(find(startOf(1) + 1)).rejects.toMatchObject({ code: 'not_found' })
  await db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, sermonId))
  await expect(find(startOf(0))).rejects.toMatchObject({ code: 'not_found' })
  await db.update(sermons).set({ publication: 'published' }).where(eq(sermons.id, sermonId))
  await find(startOf(0))
  await db
    .update(sermons)
    .set({ publication: 'draft', trashedAt: new Date() })
    .where(eq(sermons.id, sermonId))
  await expect(find(startOf(0))).rejects.toMatchObject({ code: 'not_found' })
})

test('words in a script without letters here are refused with a sentence that says what to do', async () => {
  const { startOf, find } = await publish('耶和华是我的牧者，我必不至缺乏。')
  await expect(find(startOf(0))).rejects.toMatchObject({
    code: 'unprocessable',
    reason: 'card.no_letters',
    message: expect.stringContaining('Share the address'),
  })
})
