import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { churches, events, mediaAssets, sermons } from '#lib/db/schema.ts'
import { sweepFinishedUploads } from '#lib/sermons/sweep-finished-uploads.ts'
import { connectStorage, type StorageConnection } from '#lib/storage/connect-storage.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'
import { createChurch } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection
let gateway: TestGateway
let storage: StorageConnection
let folder: string
let churchId: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'selah-sweep-'))
  await writeFile(path.join(folder, 'recording'), 'a recording')
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  gateway = await startTestGateway({ connectionString: database.connectionString })
  storage = connectStorage({ ...gateway, supabaseUrl: gateway.url, publicUrl: gateway.url })
  await ensureBuckets({ storage })
})

afterAll(async () => {
  await connection?.close()
  await gateway?.stop()
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await connection.db.delete(churches)
  churchId = await createChurch(connection.db)
})

async function createDraft(): Promise<string> {
  const id = randomUUID()
  await connection.db.insert(sermons).values({ id, churchId, slug: `sermon-${id}`, title: 'A draft' })
  return id
}

/** A recording that was announced ten minutes ago; with `arrived`, all of its bytes are in storage. */
async function addOriginal(
  sermonId: string,
  { arrived, revision = 1, storedAt }: { arrived: boolean; revision?: number; storedAt?: string },
): Promise<void> {
  const objectPath = storedAt ?? `${churchId}/${sermonId}/${revision}/${randomUUID()}`
  await connection.db.insert(mediaAssets).values({
    churchId,
    sermonId,
    kind: 'original',
    revision,
    bucket: 'originals',
    path: objectPath,
    contentType: 'audio/mpeg',
    sizeBytes: 11,
    createdAt: new Date(Date.now() - 600_000),
  })
  const filePath = path.join(folder, 'recording')
  if (arrived) {
    await uploadFile(
      { storage },
      { bucket: 'originals', path: objectPath, filePath, contentType: 'audio/mpeg' },
    )
  }
}

const sweep = (after: string | null = null) => sweepFinishedUploads({ db: connection.db, storage }, { after })

const queuedRevisions = async (sermonId: string) =>
  (await connection.db.select().from(events).where(eq(events.sermonId, sermonId))).map(
    ({ payload }) => payload,
  )

test('a recording that arrived is completed, even if a newer upload was begun and abandoned', async () => {
  const odd = await createDraft()
  await addOriginal(odd, { arrived: true, revision: 1 })
  await addOriginal(odd, { arrived: false, revision: 2 })
  const other = await createDraft()
  await addOriginal(other, { arrived: true })
  expect(await sweep()).toMatchObject({ completed: 2, failed: 0 })
  for (const sermonId of [odd, other]) {
    expect(await queuedRevisions(sermonId)).toEqual([{ sermonId, churchId, mediaRevision: 1, redo: [] }])
  }
  expect(await sweep()).toMatchObject({ completed: 0, failed: 0 })
})

test('a recording that arrives after a newer one was accepted does not replace it', async () => {
  const sermonId = await createDraft()
  await addOriginal(sermonId, { arrived: true, revision: 2 })
  expect(await sweep()).toMatchObject({ completed: 1 })
  await addOriginal(sermonId, { arrived: true, revision: 1 })
  expect(await sweep()).toMatchObject({ completed: 0 })
  const [sermon] = await connection.db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(sermon?.mediaRevision).toBe(2)
  expect(await queuedRevisions(sermonId)).toHaveLength(1)
})

test('a recording that storage cannot look up is reported and does not stop the others', async () => {
  const logged = vi.spyOn(console, 'warn').mockImplementation(() => {})
  for (let count = 0; count < 3; count += 1) {
    await addOriginal(await createDraft(), { arrived: false, storedAt: `${churchId}/ä/${count}` })
    await addOriginal(await createDraft(), { arrived: true })
  }
  expect(await sweep()).toMatchObject({ completed: 3, failed: 3 })
  expect(logged).toHaveBeenCalledTimes(3)
  logged.mockRestore()
})

test('many abandoned uploads delay the others only by a few passes', async () => {
  for (let count = 0; count < 45; count += 1) await addOriginal(await createDraft(), { arrived: false })
  const sermonIds: string[] = []
  for (let count = 0; count < 5; count += 1) {
    const sermonId = await createDraft()
    await addOriginal(sermonId, { arrived: true })
    sermonIds.push(sermonId)
  }
  let after: string | null = null
  for (let pass = 0; pass < 3; pass += 1) after = (await sweep(after)).next
  expect(after).toBeNull()
  for (const sermonId of sermonIds) expect(await queuedRevisions(sermonId)).toHaveLength(1)
})
