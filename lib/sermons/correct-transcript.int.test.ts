import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, profiles, sermons, transcripts } from '#lib/db/schema.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { correctTranscript, restoreTranscript } from '#lib/sermons/correct-transcript.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { listTranscriptVersions } from '#lib/sermons/list-transcript-versions.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { toApiTranscript } from '#lib/sermons/to-api-transcript.ts'
import { transcriptPatchSchema } from '#lib/sermons/transcript-input.ts'
import { fromStoredTranscript } from '#lib/transcripts/from-stored-transcript.ts'
import { renderVtt } from '#lib/transcripts/render-vtt.ts'
import { createChurch } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let sermonId: string
let time: Date

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
  time = new Date('2026-06-07T10:00:00Z')
  churchId = await createChurch(db)
  const created = await createTextSermon(
    { db },
    {
      churchId,
      createdBy: null,
      title: 'A priest after the order of Melchizedek',
      text: 'Mel kissed a deck was the king of Salem. He brought bread and wine.',
      publish: true,
    },
  )
  sermonId = created.sermonId
  await indexPassages({ db, embedder: null }, { sermonId })
})

async function createPerson(): Promise<string> {
  const id = randomUUID()
  await db.insert(profiles).values({ id, email: `${id}@example.org`, displayName: 'Ruth' })
  return id
}

const current = async () => {
  const row = await readTranscriptRow({ db }, { sermonId })
  if (!row) throw new Error('There is no transcript')
  return row
}
const textOf = ({ words }: { words: [string, number, number][] }) => words.map(([text]) => text).join(' ')
const correct = (actorId: string, patch: Parameters<typeof transcriptPatchSchema.parse>[0]) =>
  correctTranscript(
    { db, now: () => time },
    { sermonId, churchId, actorId },
    transcriptPatchSchema.parse(patch),
  )
const minutesLater = (minutes: number) => {
  time = new Date(time.getTime() + minutes * 60_000)
}

test('a correction is a new revision that is read, searched and quoted, and the old words are not found', async () => {
  const actorId = await createPerson()
  const [before] = await db.select().from(events).where(eq(events.sermonId, sermonId))
  await correct(actorId, { revision: 1, edits: [{ from: 'w0', to: 'w3', text: 'Melchizedek' }] })
  expect(textOf(await current())).toBe('Melchizedek was the king of Salem. He brought bread and wine.')
  const requested = await db.select().from(events).where(eq(events.sermonId, sermonId))
  expect(requested.filter(({ id }) => id !== before?.id)).toMatchObject([{ type: 'sermon.reindex' }])
  expect((await db.select().from(sermons).where(eq(sermons.id, sermonId)))[0]).toMatchObject({
    indexStatus: 'pending',
    transcriptRevision: 2,
  })

  await indexPassages({ db, embedder: null }, { sermonId })
  const search = (query: string) =>
    searchPassages({ db, embedder: null }, { query, limit: 5, scope: { memberOf: [], sermonId } })
  expect((await search('"Melchizedek was the king"')).hits.length).toBeGreaterThan(0)
  expect((await search('"kissed a deck"')).hits).toEqual([])
})

test('of two people who correct the same revision the second gets a conflict, and the first correction is kept', async () => {
  const [one, other] = [await createPerson(), await createPerson()]
  await correct(one, { revision: 1, edits: [{ from: 'w0', to: 'w3', text: 'Melchizedek' }] })
  await expect(
    correct(other, { revision: 1, edits: [{ from: 'w12', to: 'w12', text: 'water' }] }),
  ).rejects.toMatchObject({ code: 'conflict', reason: 'transcript.newer_revision' })
  expect(textOf(await current())).toContain('Melchizedek was the king')
})

test('corrections at the same time never share a revision', async () => {
  const people = [await createPerson(), await createPerson(), await createPerson()]
  const results = await Promise.allSettled(
    people.map((person, at) =>
      correct(person, { revision: 1, edits: [{ from: 'w0', to: 'w0', text: `Name${at}` }] }),
    ),
  )
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('the history has one version for each session, and each can be restored', async () => {
  const actorId = await createPerson()
  for (const [at, text] of ['Melchisedec', 'Melkizedek', 'Melchizedek'].entries()) {
    await correct(actorId, {
      revision: at + 1,
      edits: [{ from: at === 0 ? 'w0' : 'w14', to: at === 0 ? 'w3' : 'w14', text }],
    })
    minutesLater(1)
  }
  const versions = await listTranscriptVersions({ db }, { sermonId })
  expect(versions.map(({ revision, editedBy }) => ({ revision, editedBy }))).toEqual([
    { revision: 4, editedBy: 'Ruth' },
    { revision: 1, editedBy: null },
  ])

  await restoreTranscript(
    { db, now: () => time },
    { sermonId, churchId, actorId },
    { revision: 4, version: 1 },
  )
  expect(textOf(await current())).toContain('Mel kissed a deck')
  // An id is never used again, even after its word was removed.
  await correct(actorId, { revision: 5, edits: [{ from: 'w0', to: 'w3', text: 'Melchizedek' }] })
  const ids = (await current()).wordIds ?? []
  expect(ids[0]).toBeGreaterThan(14)
})

test('a draft that a person marks as reviewed is no longer a draft, and stays reviewed after corrections', async () => {
  const actorId = await createPerson()
  await db.update(transcripts).set({ isDraft: true }).where(eq(transcripts.sermonId, sermonId))
  await correct(actorId, { revision: 1, reviewed: true })
  expect(await current()).toMatchObject({ isDraft: false, isReviewed: true })
  await correct(actorId, { revision: 2, edits: [{ from: 'w0', to: 'w3', text: 'Melchizedek' }] })
  expect(await current()).toMatchObject({ isDraft: false, isReviewed: true })
})

test('a paragraph begins where a person set it, also in the middle of a sentence', async () => {
  const actorId = await createPerson()
  await correct(actorId, { revision: 1, paragraphStarts: ['w0', 'w6'] })
  const { paragraphStarts, sentences } = await current()
  expect(paragraphStarts).toEqual([0, 6])
  expect(sentences.map(([first]) => first)).toContain(6)
})

test('another church cannot correct it', async () => {
  const stranger = { sermonId, churchId: await createChurch(db), actorId: await createPerson() }
  const patch = transcriptPatchSchema.parse({ revision: 1, reviewed: true })
  await expect(correctTranscript({ db, now: () => time }, stranger, patch)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('a named speaker begins a paragraph, and keeps the words when others change', async () => {
  const actorId = await createPerson()
  await correct(actorId, { revision: 1, speakers: [{ from: 'w9', name: 'Ruth' }] })
  await correct(actorId, { revision: 2, edits: [{ from: 'w0', to: 'w3', text: 'Melchizedek' }] })
  const row = await current()
  const { paragraphs, sentences, words } = toApiTranscript(row, { source: null, chapters: [] })
  expect(paragraphs.map(({ firstWord, speaker }) => [firstWord, speaker])).toEqual([
    [words[0]?.id, null],
    ['w9', 'Ruth'],
  ])
  expect(sentences.map(({ firstWord }) => firstWord)).toEqual(expect.arrayContaining([words[0]?.id, 'w9']))
  expect(sentences.at(-1)?.lastWord).toBe(words.at(-1)?.id)
  expect(renderVtt({ ...fromStoredTranscript(row), isDraft: false })).toContain(
    '<v Ruth>He brought bread and wine.',
  )
  await expect(
    correct(actorId, { revision: 3, speakers: [{ from: 'w999', name: 'Ruth' }] }),
  ).rejects.toMatchObject({ reason: 'transcript.wrong_edit' })
})

test('the words of an undone deletion have the times that they had, and never those of other words', async () => {
  const actorId = await createPerson()
  const before = (await current()).words
  const times = before.slice(8, 11).map(([, startMs, endMs]): [number, number] => [startMs, endMs])
  await correct(actorId, { revision: 1, edits: [{ from: 'w9', to: 'w10', text: '' }] })
  const text = before
    .slice(8, 11)
    .map(([word]) => word)
    .join(' ')
  await correct(actorId, { revision: 2, edits: [{ from: 'w8', to: 'w8', text, times }] })
  expect((await current()).words).toEqual(before)
  await expect(
    correct(actorId, {
      revision: 3,
      edits: [
        {
          from: 'w8',
          to: 'w8',
          text: 'a b',
          times: [
            [0, 1],
            [2, 3],
          ],
        },
      ],
    }),
  ).rejects.toMatchObject({ reason: 'transcript.wrong_edit' })
})
