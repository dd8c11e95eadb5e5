import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { answerQuestion } from '#lib/ask/answer-question.ts'
import { extractiveAnswerer } from '#lib/ask/extractive-answerer.ts'
import { setCareHelp, setQuestionDays } from '#lib/churches/question-settings.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { churches, questionLinks, questions } from '#lib/db/schema.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { answerWithSermon, deleteQuestions, dismissQuestions, removeQuestionLink } from './close-questions.ts'
import { deleteOldQuestions } from './delete-old-questions.ts'
import { listQuestionGroups } from './list-question-groups.ts'
import { listQuestionLinks } from './list-question-links.ts'

const actorId = '00000000-0000-4000-8000-000000000001'
const DAY_MS = 24 * 60 * 60 * 1000

let database: TestDatabase
let connection: DatabaseConnection
let ours = ''
let theirs = ''
let ourSermon = ''
let ourDraft = ''
let theirSermon = ''

async function makeChurch(slug: string, timeZone: string): Promise<string> {
  const [church] = await connection.db.insert(churches).values({ slug, name: slug, timeZone }).returning()
  if (!church) throw new Error('no church')
  return church.id
}

async function makeSermon(churchId: string, title: string, text: string, publish = true): Promise<string> {
  const { db } = connection
  const { sermonId } = await createTextSermon({ db }, { churchId, createdBy: null, title, text, publish })
  await indexPassages({ db, embedder: null }, { sermonId })
  return sermonId
}

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  ours = await makeChurch('ours', 'Europe/London')
  theirs = await makeChurch('theirs', 'America/Chicago')
  ourSermon = await makeSermon(
    ours,
    'Care of the Body',
    'Your body is a temple. What is marked on the skin is between you and your Lord. Honour God with your body.',
  )
  ourDraft = await makeSermon(ours, 'A Draft', 'Marks on the skin fade, and the heart remains.', false)
  theirSermon = await makeSermon(theirs, 'The Harvest', 'The harvest is plenty and the workers are few.')
})
afterAll(async () => {
  await connection?.close()
  await database?.stop()
})
beforeEach(async () => {
  await connection.db.delete(questions)
  await connection.db.delete(questionLinks)
})

const ask = (
  question: string,
  options: { sermonId?: string; memberOf?: string[]; isPage?: boolean; careHelp?: string } = {},
) => {
  const { sermonId, memberOf = [], ...rest } = options
  return answerQuestion(
    { db: connection.db, embedder: null, answerer: extractiveAnswerer },
    { question, scope: { memberOf, sermonId }, ...rest },
  )
}
const askOurs = (question: string, options: { isPage?: boolean } = {}) =>
  ask(question, { sermonId: ourSermon, ...options })
const openOf = (churchId: string) => listQuestionGroups(connection, { churchId, show: 'open' })
const idsOf = async (churchId: string) => (await openOf(churchId)).flatMap(({ ids }) => ids)

describe('the list of questions', () => {
  it('holds what was not answered, alike questions together and the most frequent first', async () => {
    await askOurs('How do kangaroos sleep?')
    await askOurs('Are tattoos a sin?')
    await askOurs('Should Christians get tattoos?')
    await askOurs('should christians get tattoos')
    expect((await askOurs('What does it mean that your body is a temple?')).outcome).toBe('answered')
    const groups = await openOf(ours)
    expect(
      groups.map(({ question, otherWordings, ids }) => ({ question, otherWordings, count: ids.length })),
    ).toEqual([
      { question: 'should christians get tattoos', otherWordings: ['Are tattoos a sin?'], count: 3 },
      { question: 'How do kangaroos sleep?', otherWordings: [], count: 1 },
    ])
    const answered = await listQuestionGroups(connection, { churchId: ours, show: 'answered' })
    expect(answered.map(({ question }) => question)).toEqual([
      'What does it mean that your body is a temple?',
    ])
  })

  it('never holds a question of someone in distress, nor does the database', async () => {
    expect((await askOurs('I want to kill myself')).care).not.toBeNull()
    expect(await connection.db.select().from(questions)).toEqual([])
  })

  it('leaves out texts that ask nothing', async () => {
    await askOurs('?! 🙂')
    expect(await openOf(ours)).toEqual([])
  })

  it('counts a page that is opened again once, and a program that asks again twice', async () => {
    for (const isPage of [true, true, true]) await askOurs('How do kangaroos sleep?', { isPage })
    expect((await openOf(ours))[0]?.ids).toHaveLength(1)
    await askOurs('How do kangaroos sleep?')
    expect((await openOf(ours))[0]?.ids).toHaveLength(2)
  })

  it('shows a church the questions that concern it alone', async () => {
    await ask('How do kangaroos sleep?', { sermonId: theirSermon })
    expect(await openOf(ours)).toEqual([])
    expect(await openOf(theirs)).toHaveLength(1)
  })
})

describe('a question that was dealt with', () => {
  it('is answered by the sermon that the church chose, when it is asked again in like words', async () => {
    expect((await ask('Are tattoos a sin?')).outcome).not.toBe('answered')
    await askOurs('Are tattoos a sin?')
    const chosen = { churchId: ours, actorId, ids: await idsOf(ours), sermonId: ourSermon }
    expect(await answerWithSermon(connection, chosen)).toBe(1)
    expect(await openOf(ours)).toEqual([])
    const again = await ask('is a tattoo a sin')
    expect(again).toMatchObject({
      outcome: 'answered',
      refused: false,
      nearest: [],
      linked: { sermonId: ourSermon, title: 'Care of the Body' },
    })
    expect(await openOf(ours)).toEqual([])
    expect((await ask('How do kangaroos sleep?')).linked).toBeNull()
    const [link] = await listQuestionLinks(connection, { churchId: ours })
    expect(link).toMatchObject({ question: 'Are tattoos a sin?', title: 'Care of the Body' })
    await removeQuestionLink(connection, { churchId: theirs, id: link?.id ?? '' })
    expect((await ask('is a tattoo a sin')).linked).not.toBeNull()
    await removeQuestionLink(connection, { churchId: ours, id: link?.id ?? '' })
    expect((await ask('is a tattoo a sin')).linked).toBeNull()
  })

  it('quotes the chosen sermon before every other one', async () => {
    await askOurs('What may be marked on the skin of kangaroos?')
    const chosen = { churchId: ours, actorId, ids: await idsOf(ours), sermonId: ourSermon }
    await answerWithSermon(connection, chosen)
    const [quote] = (await ask('What may be marked on the skin of kangaroos?')).quotes
    expect(quote).toMatchObject({ sermonId: ourSermon })
    expect(quote?.text).toContain('marked on the skin')
  })

  it('shows no stranger a draft that answers it', async () => {
    await askOurs('Are tattoos a sin?')
    const chosen = { churchId: ours, actorId, ids: await idsOf(ours), sermonId: ourDraft }
    await answerWithSermon(connection, chosen)
    expect((await ask('Are tattoos a sin?')).linked).toBeNull()
    expect((await ask('Are tattoos a sin?', { memberOf: [ours] })).linked).toMatchObject({
      sermonId: ourDraft,
    })
  })

  it('leaves the list when it is dismissed, and comes back when it is asked again', async () => {
    await askOurs('Are tattoos a sin?')
    await dismissQuestions(connection, { churchId: ours, actorId, ids: await idsOf(ours) })
    expect(await openOf(ours)).toEqual([])
    await askOurs('Are tattoos a sin?')
    expect((await openOf(ours))[0]?.ids).toHaveLength(1)
  })

  it('is gone at once when it is deleted', async () => {
    await askOurs('Are tattoos a sin?')
    expect(await deleteQuestions(connection, { churchId: ours, actorId, ids: await idsOf(ours) })).toBe(1)
    expect(await connection.db.select().from(questions)).toEqual([])
  })

  it('is out of reach of another church, and so is the sermon of another one', async () => {
    await askOurs('Are tattoos a sin?')
    const ids = await idsOf(ours)
    const foreign = { churchId: theirs, actorId, ids }
    expect(await dismissQuestions(connection, foreign)).toBe(0)
    expect(await deleteQuestions(connection, foreign)).toBe(0)
    expect(await answerWithSermon(connection, { ...foreign, sermonId: theirSermon })).toBe(0)
    expect(await listQuestionLinks(connection, { churchId: theirs })).toEqual([])
    await expect(
      answerWithSermon(connection, { churchId: ours, actorId, ids, sermonId: theirSermon }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await openOf(ours)).toHaveLength(1)
  })
})

it('deletes questions when their church has kept them long enough, and those of no church after 90 days', async () => {
  const { db } = connection
  const now = new Date()
  const age = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const values = { refused: true, quotes: [], answerer: 'extractive' }
  await setQuestionDays({ db }, { churchId: ours, actorId, keepDays: 7 })
  await db.insert(questions).values([
    { ...values, question: 'ours, 6 days', churchId: ours, createdAt: age(6) },
    { ...values, question: 'ours, 8 days', churchId: ours, createdAt: age(8) },
    { ...values, question: 'theirs, 89 days', churchId: theirs, createdAt: age(89) },
    { ...values, question: 'theirs, 91 days', churchId: theirs, createdAt: age(91) },
    { ...values, question: 'of no church, 89 days', createdAt: age(89) },
    { ...values, question: 'of no church, 91 days', createdAt: age(91) },
  ])
  expect(await deleteOldQuestions({ db, now: () => now })).toBe(3)
  const left = await db.select({ question: questions.question }).from(questions)
  expect(left.map(({ question }) => question).sort()).toEqual([
    'of no church, 89 days',
    'ours, 6 days',
    'theirs, 89 days',
  ])
})

describe('the help for someone in distress', () => {
  const distress = 'I want to kill myself'
  const helpOf = async (options: { careHelp?: string } = {}) =>
    (await ask(distress, { sermonId: ourSermon, ...options })).care ?? ''

  it('is that of the country of the church, unless the installation or the church has a text', async () => {
    const { db } = connection
    expect(await helpOf()).toContain('Samaritans')
    expect((await ask(distress, { sermonId: theirSermon })).care).toContain('988')
    expect(await helpOf({ careHelp: 'Call our elders.' })).toMatch(
      /^Thank you for saying this\..* Call our elders\.$/,
    )
    await setCareHelp({ db }, { churchId: ours, actorId, careHelp: 'Call Pastor Ann on 01234.' })
    expect(await helpOf({ careHelp: 'Call our elders.' })).toMatch(/^Thank you for saying this\..* 01234\.$/)
    await setCareHelp({ db }, { churchId: ours, actorId, careHelp: '' })
    expect(await helpOf()).toContain('Samaritans')
    const [row] = await db.select().from(churches).where(eq(churches.id, ours))
    expect(row?.careHelp).toBeNull()
  })

  it('names no country where no church is meant', async () =>
    expect((await ask(distress)).care).toContain('findahelpline.com'))
})
