import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { changeCollection, listCollections, mergeCollections } from '#lib/sermons/collections.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { filler, searchFixtures } from '#test/search-fixtures.ts'
import { suggestTopics } from './suggest-topics.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let fixtures: ReturnType<typeof searchFixtures>

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  fixtures = searchFixtures(db)
})

beforeEach(async () => {
  churchId = (await fixtures.aChurch()).id
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function aSermon(text: string, fields: Parameters<(typeof fixtures)['aSermon']>[2] = {}) {
  const { id } = await fixtures.aSermon(churchId, text, fields)
  await indexPassages({ db, embedder: null }, { sermonId: id })
  return id
}
const suggest = (sermonId: string) => suggestTopics({ db }, { churchId, sermonId })
const set = (sermonId: string, topics: string[]) =>
  updateSermon({ db }, { sermonId, churchId, changes: { topics } })
const onForgiveness = (sentences: number) =>
  Array.from({ length: sentences }, (_, at) =>
    at % 2 === 0
      ? 'One who is forgiven forgives his brother from the heart and keeps no account.'
      : 'A pardon was written for us before we asked, and nobody can take it away.',
  ).join(' ')

test('a text is suggested what it speaks of, and never what it has already', async () => {
  const sermonId = await aSermon(onForgiveness(40))
  expect(await suggest(sermonId)).toContain('Forgiveness')
  await set(sermonId, ['forgiveness'])
  expect(await suggest(sermonId)).not.toContain('Forgiveness')
})

test('a text that speaks of nothing on the list, and one that is not indexed, have no suggestion', async () => {
  expect(await suggest(await aSermon(filler('meadow', 60)))).toEqual([])
  const { id } = await fixtures.aSermon(churchId, onForgiveness(40))
  expect(await suggest(id)).toEqual([])
})

test('a topic of the church is suggested by its words, and for what it calls by another name', async () => {
  const first = await aSermon(filler('meadow', 5))
  await set(first, ['Beekeeping', 'Forgiving', 'Mercy seat'])
  const bees = 'The beekeeping of the monks was quiet work, and beekeeping taught them to wait.'
  expect(await suggest(await aSermon(`${bees} `.repeat(20).trim()))).toEqual(['Beekeeping'])
  // "Forgiving" is the church's name of it, so the common name is not suggested.
  const sermonId = await aSermon(onForgiveness(40))
  expect(await suggest(sermonId)).toEqual(['Forgiving'])

  const topics = await listCollections({ db }, { kind: 'topic', churchId })
  const idOf = (name: string) => topics.find((one) => one.name === name)?.id ?? ''
  const wanted = { kind: 'topic', churchId, actorId: churchId } as const
  await changeCollection({ db }, { ...wanted, id: idOf('Forgiving'), name: 'Forgiveness' })
  await mergeCollections({ db }, { ...wanted, id: idOf('Forgiving'), into: idOf('Mercy seat') })
  expect(await suggest(sermonId)).toEqual(['Mercy seat'])
})

test('what every sermon of the church speaks of is usual there, and not suggested', async () => {
  const sermonId = await aSermon(onForgiveness(40))
  for (let made = 0; made < 25; made += 1) await aSermon(onForgiveness(600))
  expect(await suggest(sermonId)).toEqual([])
})

test('in another language only the topics of the church are suggested, by the rules of that language', async () => {
  const first = await aSermon('Nada.', { language: 'es' })
  await set(first, ['Perdón', 'Fe & obras'])
  const text = 'El perdón de Dios es para todos los que lo piden. Los perdones de los hombres son pequeños. '
  const sermonId = await aSermon(text.repeat(20).trim(), { language: 'es' })
  expect(await suggest(sermonId)).toEqual(['Perdón'])
})

test('a sermon of another church is not found', async () => {
  const sermonId = await aSermon(onForgiveness(4))
  churchId = (await fixtures.aChurch()).id
  await expect(suggest(sermonId)).rejects.toMatchObject({ code: 'not_found' })
})

/** What a person would call these sermons about, after reading them. */
const read = {
  'sermon-119': ['Rahab’s Faith', ['Faith']],
  'sermon-124': ['The Snare of the Fowler', ['Temptation']],
  'sermon-130': ['Regeneration', ['Regeneration']],
  'sermon-251': ['The Necessity of the Spirit’s Work', ['The Holy Spirit']],
  'sermon-303': ['Election and Holiness', ['Election']],
  'sermon-320': ['Contentment', ['Contentment']],
  'sermon-347': ['Preaching! Man’s Privilege and God’s Power', ['Preaching']],
} as const

test.skipIf(findSharedData('sermons/sermon-119.txt') === null)(
  'printed sermons are suggested what they are about first [texts of ../shared/data]',
  async () => {
    for (const [file, [title, [about]]] of Object.entries(read)) {
      const text = readFileSync(findSharedData(`sermons/${file}.txt`) ?? '', 'utf8').replace(/\s+/g, ' ')
      expect((await suggest(await aSermon(text, { title })))[0], title).toBe(about)
    }
  },
)
