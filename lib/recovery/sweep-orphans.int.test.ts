import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets } from '#lib/db/schema.ts'
import { type Orphan, sweepOrphans } from '#lib/recovery/sweep-orphans.ts'
import { connectStorage, type StorageConnection } from '#lib/storage/connect-storage.ts'
import { type BucketName, ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { listObjects } from '#lib/storage/list-objects.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

const inTwoDays = () => new Date(Date.now() + 2 * 86_400_000)
const actorId = randomUUID()
let database: TestDatabase
let connection: DatabaseConnection
let gateway: TestGateway
let storage: StorageConnection
let db: Database
let churchId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
  gateway = await startTestGateway({ connectionString: database.connectionString })
  storage = connectStorage({ ...gateway, supabaseUrl: gateway.url, publicUrl: gateway.url })
  await ensureBuckets({ storage })
})

beforeEach(async () => {
  churchId = await createChurch(db)
})

afterAll(async () => {
  await connection?.close()
  await gateway?.stop()
  await database?.stop()
})

async function put(bucket: BucketName, path: string): Promise<string> {
  const { error } = await storage.client.from(bucket).upload(path, 'bytes')
  if (error) throw error
  return path
}

async function record(sermonId: string, bucket: BucketName, path: string): Promise<void> {
  await db.insert(mediaAssets).values({
    ...{ churchId, sermonId, kind: 'original', name: path, revision: 1, bucket, path },
    ...{ contentType: 'audio/mpeg', sizeBytes: 5, uploadedAt: new Date() },
  })
}

/** Sweeps everything; returns the paths of the orphans. */
async function sweep({
  remove = false,
  now = inTwoDays,
  of = churchId,
  pageSize = 100,
} = {}): Promise<string[]> {
  const orphans: Orphan[] = []
  let cursor: string | null = null
  do {
    const swept: Awaited<ReturnType<typeof sweepOrphans>> = await sweepOrphans(
      { db, storage, now },
      { churchId: of, cursor, remove: remove ? { actorId } : null, pageSize },
    )
    orphans.push(...swept.orphans)
    cursor = swept.next
  } while (cursor !== null)
  return orphans.map(({ path }) => path).toSorted()
}

async function stored(of = churchId): Promise<string[]> {
  const lists = await Promise.all(
    (['originals', 'media'] as const).map((bucket) => listObjects({ storage }, { bucket, folder: of })),
  )
  return lists.flat().map(({ path }) => path)
}

/** A sermon with a recorded and an unrecorded file, and a file of a sermon that no longer exists. */
async function createLibrary() {
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1, mediaStatus: 'ready' })
  await record(sermonId, 'originals', await put('originals', `${churchId}/${sermonId}/1/original`))
  return [
    await put('media', `${churchId}/${sermonId}/0/old.mp4`),
    await put('media', `${churchId}/${randomUUID()}/1/64k.mp4`),
    await put('originals', `${churchId}/${randomUUID()}/1/original`),
  ].toSorted()
}

test('the dry run finds the files that belong to no sermon and changes nothing', async () => {
  const orphans = await createLibrary()
  const before = await stored()
  expect(await sweep()).toEqual(orphans)
  expect(await stored()).toEqual(before)
  expect(await db.select().from(auditLog).where(eq(auditLog.churchId, churchId))).toEqual([])
})

test('on request exactly these files are removed, and the audit log names the user', async () => {
  const orphans = await createLibrary()
  const otherChurch = churchId
  churchId = await createChurch(db)
  const own = await createLibrary()
  expect(await sweep({ remove: true })).toEqual(own)
  expect(await stored()).toHaveLength(1)
  expect(await sweep()).toEqual([])
  expect(await sweep({ of: otherChurch })).toEqual(orphans)
  const actions = await db.select().from(auditLog).where(eq(auditLog.churchId, churchId))
  expect(actions.map(({ action, actorId: by }) => [action, by])).toEqual([
    ['files.removed', actorId],
    ['files.removed', actorId],
  ])
})

test('files of the last day, and of a sermon with audio that is not ready, are not removed', async () => {
  await createLibrary()
  expect(await sweep({ now: () => new Date() })).toEqual([])
  churchId = await createChurch(db)
  const [running = ''] = await createSermons(db, { churchId, count: 1, mediaStatus: 'running' })
  await put('media', `${churchId}/${running}/1/64k.mp4`)
  expect(await sweep()).toEqual([])
})

test('a library of more than one page is checked completely', async () => {
  const orphans = await createLibrary()
  for (const index of [1, 2, 3])
    orphans.push(await put('media', `${churchId}/${randomUUID()}/1/${index}.mp4`))
  expect(await sweep({ remove: true, pageSize: 2 })).toEqual(orphans.toSorted())
  expect(await stored()).toHaveLength(1)
})

test('a malformed cursor is refused', async () => {
  await expect(
    sweepOrphans({ db, storage, now: inTwoDays }, { churchId, cursor: 'garbage', remove: null }),
  ).rejects.toMatchObject({ code: 'bad_request' })
})
