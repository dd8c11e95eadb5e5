import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import type { Actor } from '#lib/auth/actor.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { libraryItems, profiles } from '#lib/db/schema.ts'
import { libraryInputSchema, libraryVersion, MAX_LIBRARY_ITEMS, readLibrary, saveLibrary } from './library.ts'

let database: TestDatabase
let connection: DatabaseConnection
let actor: Actor

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

const aListener = async (): Promise<Actor> => {
  const userId = randomUUID()
  await connection.db.insert(profiles).values({ id: userId, email: `${userId}@example.org` })
  return { userId, email: '', displayName: '', memberships: [] }
}

beforeEach(async () => {
  actor = await aListener()
})

const track = (id: string) => ({
  ...{ id, title: id, language: null, artist: null, album: null, reference: '', durationMs: 1000 },
  pageHref: `/sermons/${id}`,
  hlsUrl: `/api/v1/sermons/${id}/hls/master.m3u8`,
  captionsUrl: `/api/v1/sermons/${id}/transcript.vtt`,
})
const later = (id: string, changedAtMs: number) => ({
  ...{ kind: 'later', id, changedAtMs },
  value: { rank: 0, track: track(id) },
})
const removed = (id: string, changedAtMs: number) => ({ kind: 'later', id, changedAtMs, value: null })

const save = (...items: object[]) =>
  saveLibrary(connection, { actor, input: libraryInputSchema.parse({ items }) })
const ids = async (of = actor) =>
  (await readLibrary(connection, { actor: of })).items.map(({ id }) => id).toSorted()

test('what one device removed stays removed when another sends what it had before, in any order of arrival', async () => {
  const startMs = Date.now() - 60_000
  await save(later('a', startMs), later('b', startMs))
  await save(removed('a', startMs + 200))
  await save(later('a', startMs + 150))
  expect(await ids()).toEqual(['b'])
  // The removal arrives last, and was made between the two.
  await save(later('b', startMs + 300))
  await save(removed('b', startMs + 250))
  expect(await ids()).toEqual(['b'])
})

test('changes that two devices send at one moment are all kept', async () => {
  await Promise.all(Array.from({ length: 8 }, (_, index) => save(later(`s${index}`, 100 + index))))
  expect(await ids()).toHaveLength(8)
})

test('a device whose clock is ahead does not win forever', async () => {
  const { nowMs } = await save(later('a', Date.now() + 86_400_000))
  const [item] = (await readLibrary(connection, { actor })).items
  expect(item?.changedAtMs).toBeLessThanOrEqual(nowMs)
  await save(removed('a', nowMs + 1))
  expect(await ids()).toEqual([])
})

test('a library belongs to one listener, and is deleted with the account', async () => {
  await save(later('a', 100))
  const other = await aListener()
  expect(await ids(other)).toEqual([])
  await connection.db.delete(profiles).where(eq(profiles.id, actor.userId))
  expect(
    await connection.db.select().from(libraryItems).where(eq(libraryItems.userId, actor.userId)),
  ).toEqual([])
})

test('a library has a limit; what is over it is refused, and removing makes room', async () => {
  const rows = Array.from({ length: MAX_LIBRARY_ITEMS }, (_, index) => ({
    ...{ userId: actor.userId, kind: 'later' as const, itemId: `s${index}`, changedAt: new Date(1000) },
    value: { rank: index, track: track(`s${index}`) },
  }))
  await connection.db.insert(libraryItems).values(rows)
  await expect(save(later('more', 2000))).rejects.toMatchObject({ reason: 'library.full' })
  await save(removed('s0', 2000), later('more', 2000))
  expect(await ids()).toHaveLength(MAX_LIBRARY_ITEMS)
})

test('removals are forgotten after half a year', async () => {
  const days = 86_400_000
  await save(removed('old', Date.now() - 181 * days), removed('new', Date.now() - 179 * days))
  const rows = await connection.db.select().from(libraryItems).where(eq(libraryItems.userId, actor.userId))
  expect(rows.map(({ itemId }) => itemId)).toEqual(['new'])
})

test('the version changes with the library only', async () => {
  const before = libraryVersion(await save(later('a', 100)))
  expect(libraryVersion(await readLibrary(connection, { actor }))).toBe(before)
  expect(libraryVersion(await save(later('a', 50)))).toBe(before)
  expect(libraryVersion(await save(later('a', 150)))).not.toBe(before)
})

test.each([
  ['a page of another site', { ...track('a'), pageHref: 'https://evil.example/' }],
  ['a stream that is none of ours', { ...track('a'), hlsUrl: '//evil.example/x.m3u8' }],
  ['a title without end', { ...track('a'), title: 'x'.repeat(2000) }],
])('%s is refused', (_, wrong) => {
  const item = { kind: 'later', id: 'a', changedAtMs: 1, value: { rank: 0, track: wrong } }
  expect(libraryInputSchema.safeParse({ items: [item] }).success).toBe(false)
})

test('what arrives after the account was deleted is refused as that of a visitor', async () => {
  await connection.db.delete(profiles).where(eq(profiles.id, actor.userId))
  await expect(save(later('a', Date.now()))).rejects.toMatchObject({ code: 'not_signed_in' })
})
