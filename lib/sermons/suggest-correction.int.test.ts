import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, profiles, sermons, transcriptSuggestions } from '#lib/db/schema.ts'
import { correctTranscript } from '#lib/sermons/correct-transcript.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { readTranscriptRow } from '#lib/sermons/read-transcript.ts'
import { decideSuggestion, listSuggestedSermons, listSuggestions } from '#lib/sermons/review-suggestions.ts'
import { suggestCorrection } from '#lib/sermons/suggest-correction.ts'
import { createChurch } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let actorId: string
let sermon: { id: string; churchId: string; mediaRevision: number }

const now = () => new Date('2026-06-07T10:00:00Z')
const proposal = {
  firstWord: 0,
  lastWord: 8,
  before: 'Mel kissed a deck was the king of Salem.',
  after: 'Melchizedek was the king of Salem.',
}

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
  actorId = randomUUID()
  await db.insert(profiles).values({ id: actorId, email: `${actorId}@example.org`, displayName: 'Ruth' })
  const text = 'Mel kissed a deck was the king of Salem. He brought bread and wine.'
  const { sermonId } = await createTextSermon(
    { db },
    { churchId, createdBy: null, title: 'A priest', text, publish: true },
  )
  sermon = { id: sermonId, churchId, mediaRevision: 0 }
})

const textNow = async () =>
  (await readTranscriptRow({ db }, { sermonId: sermon.id }))?.words.map(([word]) => word).join(' ')
const listed = () => listSuggestions({ db }, { sermonId: sermon.id })
const decide = async (decision: 'accepted' | 'declined', own = churchId) => {
  const [{ id } = { id: randomUUID() }] = await listed()
  await decideSuggestion({ db, now }, { churchId: own, sermonId: sermon.id, actorId, id, decision })
}

test('an accepted suggestion is an edit like any other, with its request to index again', async () => {
  await suggestCorrection({ db }, sermon, proposal)
  expect(await textNow()).toContain('Mel kissed a deck')
  expect(await listSuggestedSermons({ db }, { churchId })).toEqual([
    { id: sermon.id, title: 'A priest', waiting: 1 },
  ])
  await decide('accepted')
  expect(await textNow()).toBe('Melchizedek was the king of Salem. He brought bread and wine.')
  expect(await listed()).toEqual([])
  const requested = await db.select().from(events).where(eq(events.sermonId, sermon.id))
  expect(requested.filter(({ type }) => type === 'sermon.reindex').length).toBeGreaterThan(1)
  expect((await db.select().from(sermons).where(eq(sermons.id, sermon.id)))[0]?.transcriptRevision).toBe(2)
})

test('a declined suggestion changes nothing and is gone', async () => {
  await suggestCorrection({ db }, sermon, proposal)
  await decide('declined')
  expect(await textNow()).toContain('Mel kissed a deck')
  expect(await listed()).toEqual([])
})

test('the same proposal is kept once', async () => {
  await suggestCorrection({ db }, sermon, proposal)
  await suggestCorrection({ db }, sermon, { ...proposal, after: ` ${proposal.after}\n` })
  expect(await listed()).toHaveLength(1)
})

test('words that were corrected in the meantime take no suggestion, and end those that wait', async () => {
  await suggestCorrection({ db }, sermon, proposal)
  await suggestCorrection({ db }, sermon, {
    firstWord: 9,
    lastWord: 13,
    before: 'He brought bread and wine.',
    after: 'He brought out bread and wine.',
  })
  const edits = [{ from: 0, to: 3, text: 'Melchizedek' }]
  await correctTranscript({ db, now }, { sermonId: sermon.id, churchId, actorId }, { revision: 1, edits })
  expect((await listed()).map(({ after }) => after)).toEqual(['He brought out bread and wine.'])
  await expect(suggestCorrection({ db }, sermon, proposal)).rejects.toMatchObject({
    code: 'conflict',
    reason: 'suggestion.outdated',
  })
})

test('one that changes nothing, removes all words or names other words is refused', async () => {
  for (const wrong of [{ after: proposal.before }, { after: ' ' }]) {
    await expect(suggestCorrection({ db }, sermon, { ...proposal, ...wrong })).rejects.toMatchObject({
      reason: 'suggestion.unusable',
    })
  }
  await expect(suggestCorrection({ db }, sermon, { ...proposal, lastWord: 900 })).rejects.toMatchObject({
    reason: expect.stringMatching(/^suggestion\./),
  })
})

test('only so many wait for a sermon at a time', async () => {
  await db.insert(transcriptSuggestions).values(
    Array.from({ length: 100 }, (_, at) => ({
      churchId,
      sermonId: sermon.id,
      mediaRevision: 0,
      fromWord: 0,
      toWord: 0,
      before: 'Mel',
      after: `Mel${at}`,
    })),
  )
  await expect(suggestCorrection({ db }, sermon, proposal)).rejects.toMatchObject({ code: 'rate_limited' })
})

test('another church cannot decide', async () => {
  await suggestCorrection({ db }, sermon, proposal)
  await expect(decide('accepted', await createChurch(db))).rejects.toMatchObject({ code: 'not_found' })
  expect(await listed()).toHaveLength(1)
})
