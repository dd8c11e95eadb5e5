import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { eq, inArray } from 'drizzle-orm'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allMigrations, startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { applyMigrations } from '#lib/db/apply-migrations.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { series, sermons } from '#lib/db/schema.ts'
import { changeCollection, mergeCollections } from '#lib/sermons/collections.ts'
import { deleteCollection } from '#lib/sermons/delete-collection.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
const actorId = randomUUID()

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** Gives a new sermon this series, as the details of a sermon do, and returns the id of the series. */
async function preachIn(churchId: string, title: string): Promise<string> {
  const { db } = connection
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1 })
  await updateSermon({ db }, { sermonId, churchId, changes: { series: title } })
  const [sermon] = await db
    .select({ seriesId: sermons.seriesId })
    .from(sermons)
    .where(eq(sermons.id, sermonId))
  return sermon?.seriesId ?? ''
}

async function readSeasons(churchId: string): Promise<Record<string, number>> {
  const rows = await connection.db.select().from(series).where(eq(series.churchId, churchId))
  return Object.fromEntries(rows.map(({ title, season }) => [title, season]))
}

test('a season stays when other series are renamed, merged or deleted, and no later series gets it again', async () => {
  const { db } = connection
  const [churchId, stranger] = [await createChurch(db), await createChurch(db)]
  const [john = '', ruth = '', , acts = ''] = [
    await preachIn(churchId, 'John'),
    await preachIn(churchId, 'Ruth'),
    await preachIn(stranger, 'Mark'),
    await preachIn(churchId, 'Acts'),
  ]
  expect(await readSeasons(churchId)).toEqual({ John: 1, Ruth: 2, Acts: 3 })
  expect(await readSeasons(stranger)).toEqual({ Mark: 1 })

  const named = { kind: 'series', churchId, actorId } as const
  await mergeCollections({ db }, { ...named, id: john, into: ruth })
  await changeCollection({ db }, { ...named, id: ruth, name: 'Ruth and John' })
  expect(await readSeasons(churchId)).toEqual({ 'Ruth and John': 2, Acts: 3 })

  await db
    .update(sermons)
    .set({ seriesId: null })
    .where(inArray(sermons.seriesId, [acts]))
  await deleteCollection({ db }, { ...named, id: acts })
  await preachIn(churchId, 'Psalms')
  expect(await readSeasons(churchId)).toEqual({ 'Ruth and John': 2, Psalms: 4 })
})

test('other spellings of a series take no season', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const romans = await preachIn(churchId, 'Romans')
  for (const spelling of ['ROMANS', 'Romans!', 'Romans?']) {
    expect(await preachIn(churchId, spelling)).toBe(romans)
  }
  await preachIn(churchId, 'Acts')
  expect(await readSeasons(churchId)).toEqual({ Romans: 1, Acts: 2 })
})

test('a season that is given is kept, and later series come after it', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  await db.insert(series).values({ churchId, slug: 'restored', title: 'Restored', season: 7 })
  await db.insert(series).values({ churchId, slug: 'earlier', title: 'Earlier', season: 3 })
  await preachIn(churchId, 'New')
  expect(await readSeasons(churchId)).toEqual({ Restored: 7, Earlier: 3, New: 8 })
})

test('several new series of one moment have a season each', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  await Promise.all(Array.from({ length: 8 }, (_, place) => preachIn(churchId, `Series ${place}`)))
  const numbers = Object.values(await readSeasons(churchId)).toSorted((one, other) => one - other)
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('series of an earlier version have the seasons that feeds showed of them, and later series come after those', async () => {
  const own = allMigrations.find(({ table }) => table === 'selah.schema_migrations')
  if (!own) throw new Error('The migrations were not found.')
  const earlier = await startTestDatabase({ migrations: [] })
  const before = await mkdtemp(join(tmpdir(), 'selah-migrations-'))
  const pool = new Pool({ connectionString: earlier.connectionString, max: 1 })
  try {
    await cp(own.directory, before, {
      recursive: true,
      filter: (file) => !/^\d+_/.test(basename(file)) || basename(file) < '20261130234750',
    })
    const { connectionString } = earlier
    for (const source of allMigrations) {
      await applyMigrations({ connectionString, ...source, ...(source === own && { directory: before }) })
    }
    await pool.query(
      `insert into churches (slug, name) values ('one', 'One'), ('two', 'Two'), ('new', 'New')`,
    )
    await pool.query(`insert into series (church_id, slug, title, created_at)
      select churches.id, title, title, day::timestamptz from churches, (values
        ('one', 'Second', '2025-02-01'), ('one', 'First', '2025-01-01'), ('two', 'Only', '2025-03-01')
      ) as given (church, title, day) where church = slug`)
    await applyMigrations({ connectionString, ...own })
    await pool.query(`insert into series (church_id, slug, title) select id, 'Later', 'Later' from churches`)
    const { rows } = await pool.query(`select churches.name, title, season from series
      join churches on churches.id = church_id order by churches.name, season`)
    expect(rows.map(({ name, title, season }) => [name, title, season])).toEqual([
      ['New', 'Later', 1],
      ['One', 'First', 1],
      ['One', 'Second', 2],
      ['One', 'Later', 3],
      ['Two', 'Only', 1],
      ['Two', 'Later', 2],
    ])
  } finally {
    await pool.end()
    await earlier.stop()
    await rm(before, { recursive: true, force: true })
  }
})
