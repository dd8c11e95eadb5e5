import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { answerQuestion } from './answer-question.ts'
import { extractiveAnswerer } from './extractive-answerer.ts'

let database: TestDatabase
let connection: DatabaseConnection
let churchId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  churchId = await createChurch(connection.db)
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const ask = (question: string) =>
  answerQuestion(
    { db: connection.db, embedder: null, answerer: extractiveAnswerer },
    { question, scope: { memberOf: [] } },
  )

it('answers from the speaker that a question names, or says that this speaker did not preach on it', async () => {
  const { db } = connection
  const sermonOf = async (speaker: string, text: string) =>
    createTextSermon(
      { db },
      { churchId: churchId, createdBy: null, title: 'Sunday', speaker, text, publish: true },
    )
  const reed = await sermonOf(
    'Thomas Reed',
    'Thankfulness is a habit that grows with use. Give thanks daily.',
  )
  // Sermons say the word that is also a name.
  const moss = await sermonOf(
    'Anna Moss',
    'Thankfulness begins in the morning. Jealousy ends it by night. He does not break a reed, a bruised reed.',
  )
  for (const { sermonId } of [reed, moss]) await indexPassages({ db, embedder: null }, { sermonId })
  const byReed = await ask('What did Pastor Reed say about thankfulness?')
  expect(new Set(byReed.quotes.map(({ sermonId }) => sermonId))).toEqual(new Set([reed.sermonId]))
  expect((await ask('What did Anna Moss say about jealousy?')).quotes[0]?.sermonId).toBe(moss.sermonId)
  const notByReed = await ask('What did Pastor Reed say about jealousy?')
  expect(notByReed.quotes).toEqual([])
  expect(notByReed.note).toBe('No sermon by Thomas Reed answers this directly.')
  const byNobody = await ask('What did Pastor Ryle say about thankfulness?')
  expect(byNobody).toMatchObject({
    outcome: 'related',
    quotes: [],
    note: 'No preacher called Ryle has sermons here.',
  })
  expect(byNobody.nearest).not.toEqual([])
  expect((await ask('Which sermons by Pastor Ryle are about thankfulness?')).sermons).toEqual([])
})

it('takes words such as “Christian” for the subject of a question that has no other', async () => {
  const { db } = connection
  const { sermonId } = await createTextSermon(
    { db },
    {
      churchId: churchId,
      createdBy: null,
      title: 'Monday',
      text: 'A Christian is made by grace. Nobody becomes a Christian by his works.',
      publish: true,
    },
  )
  await indexPassages({ db, embedder: null }, { sermonId })
  for (const question of ['How do I become a Christian?', 'What is a Christian?']) {
    const { quotes, nearest } = await ask(question)
    expect([...quotes, ...nearest].map((quote) => quote.sermonId)).toContain(sermonId)
  }
  expect(await ask('What comes first and what comes last?')).toMatchObject({ refused: true, nearest: [] })
})
