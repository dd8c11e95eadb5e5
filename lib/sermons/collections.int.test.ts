import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { findSharedData } from '#harness/find-shared-data.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, sermons, speakers } from '#lib/db/schema.ts'
import { type CollectionKind, collectionKinds } from '#lib/sermons/collection-kind.ts'
import {
  changeCollection,
  findForwardedSlug,
  listCollections,
  mergeCollections,
} from '#lib/sermons/collections.ts'
import { deleteCollection } from '#lib/sermons/delete-collection.ts'
import { slugOfName } from '#lib/sermons/find-or-create-names.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string
let actorId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
})

beforeEach(async () => {
  churchId = await createChurch(db)
  actorId = churchId
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** A sermon by this speaker, of this series or about this topic. */
async function aSermon(kind: CollectionKind, name: string): Promise<string> {
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  await updateSermon(
    { db },
    { sermonId, churchId, changes: kind === 'topic' ? { topics: [name] } : { [kind]: name } },
  )
  return sermonId
}

const list = (kind: CollectionKind) => listCollections({ db }, { kind, churchId })
const namesOf = async (kind: CollectionKind) =>
  (await list(kind)).map(({ name, sermons: count }) => `${name} ${count}`)
const idOf = async (kind: CollectionKind, name: string) =>
  (await list(kind)).find((one) => one.name === name)?.id ?? ''
const merge = async (kind: CollectionKind, name: string, into: string) =>
  mergeCollections(
    { db },
    { kind, churchId, actorId, id: await idOf(kind, name), into: await idOf(kind, into) },
  )
const rename = async (kind: CollectionKind, from: string, name: string) =>
  changeCollection({ db }, { kind, churchId, actorId, id: await idOf(kind, from), name })
const forwarded = (kind: CollectionKind, slug: string) => findForwardedSlug({ db }, { kind, slug })

test.each(collectionKinds)(
  'of two merged %s, the kept one has all sermons, and every address of the other forwards to it',
  async (kind) => {
    const mark = churchId.slice(0, 8)
    const [a, b, c] = [`Anna ${mark}`, `Berta ${mark}`, `Clara ${mark}`]
    const sermonId = await aSermon(kind, a)
    await aSermon(kind, b)
    await aSermon(kind, c)
    await merge(kind, a, b)
    await merge(kind, b, c)
    expect(await namesOf(kind)).toEqual([`${c} 3`])
    for (const gone of [a, b]) expect(await forwarded(kind, slugOfName(gone))).toBe(slugOfName(c))
    const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
    const { speaker, series, topics } = sermon
    expect({ speaker: speaker?.name, series: series?.title, topic: topics[0]?.name }[kind]).toBe(c)
    await aSermon(kind, a)
    expect(await namesOf(kind)).toEqual([`${c} 4`])
  },
)

test.each(collectionKinds)(
  'the address of a renamed %s forwards, until the name comes back',
  async (kind) => {
    const mark = churchId.slice(0, 8)
    const [wrong, right] = [`Jon ${mark}`, `John ${mark}`]
    await aSermon(kind, wrong)
    await rename(kind, wrong, right)
    expect(await forwarded(kind, slugOfName(wrong))).toBe(slugOfName(right))
    await rename(kind, right, wrong)
    expect(await forwarded(kind, slugOfName(wrong))).toBeNull()
    expect(await forwarded(kind, slugOfName(right))).toBe(slugOfName(wrong))
    expect(await namesOf(kind)).toEqual([`${wrong} 1`])
  },
)

test('a name that another speaker has is refused, and nothing changes', async () => {
  await aSermon('speaker', 'Anna Smith')
  await aSermon('speaker', 'Berta Smith')
  await expect(rename('speaker', 'Anna Smith', 'berta  smith')).rejects.toMatchObject({
    reason: 'collection.same_name',
  })
  await expect(merge('speaker', 'Anna Smith', 'Anna Smith')).rejects.toMatchObject({ code: 'bad_request' })
  expect(await namesOf('speaker')).toEqual(['Anna Smith 1', 'Berta Smith 1'])
})

const remove = async (kind: CollectionKind, name: string) =>
  deleteCollection({ db }, { kind, churchId, actorId, id: await idOf(kind, name) })

test.each(collectionKinds)(
  'a described %s is deleted once no sermon has it, which is recorded with its description',
  async (kind) => {
    const sermonId = await aSermon(kind, 'Anna')
    const id = await idOf(kind, 'Anna')
    await changeCollection({ db }, { kind, churchId, actorId, id, description: 'Read this first.' })
    await expect(remove(kind, 'Anna')).rejects.toMatchObject({ reason: 'collection.in_use' })
    await updateSermon(
      { db },
      { sermonId, churchId, changes: kind === 'topic' ? { topics: [] } : { [kind]: '' } },
    )
    await remove(kind, 'Anna')
    expect(await list(kind)).toEqual([])
    const recorded = and(eq(auditLog.subject, id), eq(auditLog.action, `${kind}.deleted`))
    expect(await db.select().from(auditLog).where(recorded)).toMatchObject([
      { actorId, details: { name: 'Anna', slug: 'anna', description: 'Read this first.' } },
    ])
    await expect(deleteCollection({ db }, { kind, churchId, actorId, id })).rejects.toMatchObject({
      code: 'not_found',
    })
  },
)

test('a name of a sermon in the trash is kept for it, and the list says so', async () => {
  const sermonId = await aSermon('topic', 'Prayer')
  await db.update(sermons).set({ trashedAt: new Date() }).where(eq(sermons.id, sermonId))
  expect(await list('topic')).toMatchObject([{ name: 'Prayer', sermons: 0, published: 0, trashed: 1 }])
  await expect(remove('topic', 'Prayer')).rejects.toMatchObject({ reason: 'collection.in_use' })
})

test('a speaker of another church can be neither renamed, nor merged, nor deleted', async () => {
  await aSermon('speaker', 'Anna Smith')
  const own = await idOf('speaker', 'Anna Smith')
  churchId = await createChurch(db)
  await aSermon('speaker', 'Berta Smith')
  const id = await idOf('speaker', 'Berta Smith')
  const gone = { code: 'not_found' }
  const wanted = { kind: 'speaker' as const, churchId, actorId }
  await expect(changeCollection({ db }, { ...wanted, id: own, name: 'X' })).rejects.toMatchObject(gone)
  await expect(mergeCollections({ db }, { ...wanted, id, into: own })).rejects.toMatchObject(gone)
  await expect(mergeCollections({ db }, { ...wanted, id: own, into: id })).rejects.toMatchObject(gone)
  await expect(deleteCollection({ db }, { ...wanted, id: own })).rejects.toMatchObject(gone)
})

test.skipIf(findSharedData('cases/07-speakers.json') === null)(
  'names that differ by titles only are one person for uploads [names of ../shared/data]',
  async () => {
    for (const name of ['Pastor Ana Ruiz', 'Ana Ruiz', 'Rev. Ana Ruiz']) await aSermon('speaker', name)
    expect(await namesOf('speaker')).toEqual(['Pastor Ana Ruiz 3'])
  },
)

test('speakers of before whose names differ by titles only are offered as the one with the most sermons', async () => {
  for (const name of ['Pastor Ana Ruiz', 'Ana Ruiz', 'Ben Ruiz'])
    await db.insert(speakers).values({ churchId, name, slug: slugOfName(name) })
  const kept = await idOf('speaker', 'Pastor Ana Ruiz')
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  await db.update(sermons).set({ speakerId: kept }).where(eq(sermons.id, sermonId))
  const offered = (await list('speaker')).filter(({ sameAs }) => sameAs !== null)
  expect(offered.map(({ name, sameAs }) => [name, sameAs])).toEqual([['Ana Ruiz', kept]])
})

test.each(collectionKinds)('the description of a %s is kept when it is renamed', async (kind) => {
  await aSermon(kind, 'Anna')
  const wanted = { kind, churchId, actorId, id: await idOf(kind, 'Anna') }
  await changeCollection({ db }, { ...wanted, description: 'Read this first.' })
  await rename(kind, 'Anna', 'Berta')
  expect(await list(kind)).toMatchObject([{ name: 'Berta', slug: 'berta', description: 'Read this first.' }])
})

test('a sermon has its topics in their order, each once, however they are spelled', async () => {
  const sermonId = await aSermon('topic', 'Prayer')
  const set = async (topics: string[]) => {
    await updateSermon({ db }, { sermonId, churchId, changes: { topics } })
    return (await findChurchSermon({ db }, { id: sermonId, churchId })).topics.map(({ name }) => name)
  }
  expect(await set(['Hope', 'PRAYER', ' prayer '])).toEqual(['Hope', 'Prayer'])
  expect(await set(['Prayer', 'Hope'])).toEqual(['Prayer', 'Hope'])
  const [hope] = (await list('topic')).filter(({ name }) => name === 'Hope')
  if (!hope) throw new Error('There is no such topic.')
  const described = {
    kind: 'topic',
    churchId,
    id: hope.id,
    actorId,
    description: 'What we wait for.',
  } as const
  await changeCollection({ db }, described)
  expect(await set([])).toEqual([])
  // A topic that nobody described and no sermon has is gone, such as a misspelled one.
  expect(await namesOf('topic')).toEqual(['Hope 0'])
})

test('a sermon with both of two merged topics has the kept one once', async () => {
  const sermonId = await aSermon('topic', 'Prayer')
  await updateSermon({ db }, { sermonId, churchId, changes: { topics: ['Praying', 'Hope', 'Prayer'] } })
  await merge('topic', 'Praying', 'Prayer')
  const { topics } = await findChurchSermon({ db }, { id: sermonId, churchId })
  expect(topics.map(({ name }) => name)).toEqual(['Hope', 'Prayer'])
  expect(await namesOf('topic')).toEqual(['Hope 1', 'Prayer 1'])
})

test('a change of the details leaves the topics as they are', async () => {
  const sermonId = await aSermon('topic', 'Prayer')
  await updateSermon({ db }, { sermonId, churchId, changes: { scripture: 'John 3' } })
  expect((await findChurchSermon({ db }, { id: sermonId, churchId })).topics).toHaveLength(1)
})
