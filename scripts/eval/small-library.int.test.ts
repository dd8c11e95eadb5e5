import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { answerQuestion } from '#lib/ask/answer-question.ts'
import { extractiveAnswerer } from '#lib/ask/extractive-answerer.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import messages from '#lib/messages/en.json' with { type: 'json' }
import { searchPassages } from '#lib/search/search-passages.ts'
import { fillDatabase } from './fill-database.ts'

const samples = join(import.meta.dirname, '../../samples')
const detailsSchema = z.object({ title: z.string(), scripture: z.string() })
const scope = { memberOf: [] }

let database: TestDatabase
let connection: DatabaseConnection
let keys: ReadonlyMap<string, string>

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  const library = await Promise.all(
    (await readdir(samples)).map(async (key) => ({
      key,
      ...detailsSchema.parse(JSON.parse(await readFile(join(samples, key, 'sermon.json'), 'utf8'))),
      text: await readFile(join(samples, key, 'text.txt'), 'utf8'),
    })),
  )
  keys = (await fillDatabase({ db: connection.db, embedder: null }, library)).keys
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const ask = async (question: string) => {
  const deps = { db: connection.db, embedder: null, answerer: extractiveAnswerer }
  const { outcome, quotes, nearest } = await answerQuestion(deps, { question, scope })
  const sermons = (list: readonly { sermonId: string }[]) => [
    ...new Set(list.map(({ sermonId }) => keys.get(sermonId))),
  ]
  return { outcome, quotes: sermons(quotes), nearest: sermons(nearest) }
}
const search = async (query: string) => {
  const { hits } = await searchPassages(
    { db: connection.db, embedder: null },
    { query, limit: 20, perSermon: 1, scope },
  )
  return hits.map(({ sermonId }) => keys.get(sermonId))
}

describe('the four sample sermons, asked by a newcomer', () => {
  const { sampleTroubles, sampleChange, sampleWeak, sampleBell } = messages.ask
  it.each([
    [sampleTroubles, 'the-peace-that-keeps-the-heart'],
    [sampleChange, 'the-unchanging-god'],
    [sampleWeak, 'a-bruised-reed'],
    [sampleBell, 'no-man-is-an-island'],
  ])('answers the suggested question “%s” with quotes', async (question, sermon) => {
    expect(await ask(question)).toMatchObject({ outcome: 'answered', quotes: [sermon] })
  })

  it.each([
    ['Does God change?', 'the-unchanging-god'],
    ['What is the peace of God?', 'the-peace-that-keeps-the-heart'],
    ['How can I find peace?', 'the-peace-that-keeps-the-heart'],
    ['What does a bruised reed mean?', 'a-bruised-reed'],
    ['I feel broken', 'a-bruised-reed'],
    ['For whom does the bell toll?', 'no-man-is-an-island'],
    ['Philippians 4', 'the-peace-that-keeps-the-heart'],
  ])('are quoted on what one of them plainly says: %s', async (question, sermon) => {
    expect(await ask(question)).toEqual({ outcome: 'answered', quotes: [sermon], nearest: [] })
  })

  it.each([
    ['Does God ever change his mind?', 'the-unchanging-god'],
    ['Does Jesus reject weak people?', 'a-bruised-reed'],
    ['Why am I so worried all the time?', 'the-peace-that-keeps-the-heart'],
  ])('come with the right sermon first where none answers outright: %s', async (question, sermon) => {
    const { outcome, quotes, nearest } = await ask(question)
    expect((outcome === 'answered' ? quotes : nearest)[0]).toBe(sermon)
  })

  it.each(['Where can I park?', 'What time is the service?', 'What about homosexuality?', 'Psalm 23'])(
    'are silent on what they do not speak of: %s',
    async (question) => {
      expect(await ask(question)).toEqual({ outcome: 'refused', quotes: [], nearest: [] })
      expect(await search(question)).toEqual([])
    },
  )

  it('do not answer a question that names nothing but what all of them speak of', async () => {
    expect((await ask('Is there a God?')).outcome).toBe('related')
  })

  it.each(['Does God change?', 'What is the peace of God?', 'peace', 'a bruised reed', 'immutable'])(
    'do not all come back for a search that one of them fits: %s',
    async (query) => expect((await search(query)).length).toBeLessThanOrEqual(2),
  )
})
