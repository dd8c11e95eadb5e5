import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { series, sermons } from '#lib/db/schema.ts'
import { readSeriesPlaylist } from '#lib/sharing/read-series-playlist.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'
import {
  listChurchSermons,
  listPlayableSermons,
  listPublishedSermons,
  listTrashedSermons,
} from './list-sermons.ts'
import { encodeCursor } from './page-cursor.ts'

let database: TestDatabase
let connection: DatabaseConnection

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

type Page = { limit: number; cursor?: string }
type Times = { preachedOn: string | null; publishedHour: number; createdHour: number }

const atHour = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour))

/** Few days and moments, so that many sermons share them. */
const times: fc.Arbitrary<Times> = fc.record({
  preachedOn: fc.constantFrom(null, null, '0950-01-01', '2025-12-28', '2026-01-04', '2031-01-05'),
  publishedHour: fc.integer({ min: 0, max: 3 }),
  createdHour: fc.integer({ min: 0, max: 2 }),
})

const newestFirst = (one: Times, other: Times) =>
  Number(other.preachedOn !== null) - Number(one.preachedOn !== null) ||
  (other.preachedOn ?? '').localeCompare(one.preachedOn ?? '') ||
  other.publishedHour - one.publishedHour ||
  other.createdHour - one.createdHour

/** Replaces all sermons by a series with the given ones; returns their times by their ids. */
async function store(all: readonly Times[]): Promise<Map<string, Times>> {
  const { db } = connection
  await db.delete(sermons)
  await db.delete(series)
  const churchId = await createChurch(db)
  const [row] = await db.insert(series).values({ churchId, slug: 'john', title: 'John' }).returning()
  const stored = new Map<string, Times>()
  for (const one of all) {
    const [id = ''] = await createSermons(db, {
      ...{ churchId, count: 1, seriesId: row?.id ?? null, publication: 'published', mediaStatus: 'ready' },
      ...{ preachedOn: one.preachedOn, createdAt: atHour(one.createdHour) },
      firstPublishedAt: atHour(one.publishedHour),
      // Published again later, which changes nothing.
      publishedAt: atHour(100),
    })
    stored.set(id, one)
  }
  return stored
}

test('sermons with a day are listed first, by their days, and those without one after them, however long a page is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(times, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (all, limit) => {
        const stored = await store(all)
        const listed: string[] = []
        let cursor: string | undefined
        do {
          const page = await listPublishedSermons(connection, { limit, cursor })
          listed.push(...page.sermons.map(({ id }) => id))
          cursor = page.next ?? undefined
        } while (cursor !== undefined && listed.length <= all.length)
        expect(new Set(listed)).toEqual(new Set(stored.keys()))
        expect(listed.map((id) => stored.get(id))).toEqual(all.toSorted(newestFirst))
      },
    ),
    { numRuns: 25 },
  )
})

test('what is played in order begins with the first preached, and sermons without a day are last there too', async () => {
  const isDated = ({ preachedOn }: Times) => preachedOn !== null
  await fc.assert(
    fc.asyncProperty(fc.array(times, { minLength: 1, maxLength: 12 }), async (all) => {
      const stored = await store(all)
      const reversed = all.toSorted(newestFirst).toReversed()
      const expected = [...reversed.filter(isDated), ...reversed.filter((sermon) => !isDated(sermon))]
      const played = await listPlayableSermons(connection, { limit: 100 })
      expect(played.map(({ id }) => stored.get(id))).toEqual(expected)
      const { sermons: inSeries } = await readSeriesPlaylist(connection, { slug: 'john' })
      expect(inSeries.map(({ id }) => id)).toEqual(played.map(({ id }) => id))
    }),
    { numRuns: 15 },
  )
})

test('each list continues from its own cursors, and refuses those of another list and what the database cannot store', async () => {
  const { db } = connection
  const day = { publishedHour: 0, createdHour: 0 }
  await store([
    { ...day, preachedOn: '2026-01-04' },
    { ...day, preachedOn: null },
    { ...day, preachedOn: null },
  ])
  const churchId = await createChurch(db)
  await createSermons(db, { churchId, count: 2 })
  await createSermons(db, { churchId, count: 2, trashedAt: new Date() })
  const lists = [
    { order: 'newest', list: (page: Page) => listPublishedSermons(connection, page) },
    { order: 'time', list: (page: Page) => listChurchSermons(connection, { churchId, ...page }) },
    { order: 'time', list: (page: Page) => listTrashedSermons(connection, { churchId, ...page }) },
  ]
  const cursors: { order: string; cursor: string }[] = []
  for (const { order, list } of lists) {
    const first = await list({ limit: 1 })
    const cursor = first.next ?? ''
    const second = await list({ limit: 1, cursor })
    expect([first, second].map(({ sermons }) => sermons.length)).toEqual([1, 1])
    expect(second.sermons[0]?.id).not.toBe(first.sermons[0]?.id)
    cursors.push({ order, cursor })
  }
  const unstorable = encodeCursor('\0', '00000000-0000-0000-0000-000000000000')
  for (const { order, list } of lists) {
    const foreign = cursors.filter((one) => one.order !== order).map(({ cursor }) => cursor)
    for (const cursor of [unstorable, ...foreign]) {
      await expect(list({ limit: 1, cursor })).rejects.toMatchObject({ code: 'bad_request' })
    }
  }
})
