import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { type AssetKind, deadLetters, mediaAssets, runSteps, sermons } from '#lib/db/schema.ts'
import { planRedrive } from '#lib/dead-letters/plan-redrive.ts'
import { reconcileObjects } from '#lib/recovery/reconcile-objects.ts'
import { connectStorage, type StorageConnection } from '#lib/storage/connect-storage.ts'
import { type BucketName, ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let gateway: TestGateway
let connection: DatabaseConnection
let storage: StorageConnection
let churchId: string
const later = () => new Date(Date.now() + 10 * 60_000)

beforeAll(async () => {
  database = await startTestDatabase()
  gateway = await startTestGateway({ connectionString: database.connectionString })
  connection = connectDatabase(database.connectionString)
  const { url: supabaseUrl, publishableKey, secretKey } = gateway
  storage = connectStorage({ supabaseUrl, publishableKey, secretKey })
  await ensureBuckets({ storage })
  churchId = await createChurch(connection.db)
})

beforeEach(async () => {
  await connection.db.execute(sql`truncate dead_letters, run_steps`)
  await connection.db.delete(sermons)
})

afterAll(async () => {
  await connection?.close()
  await gateway?.stop()
  await database?.stop()
})

async function createPrepared() {
  const columns = { mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' } as const
  const [sermonId = ''] = await createSermons(connection.db, { churchId, count: 1, ...columns })
  const place = async (kind: AssetKind, bucket: BucketName) => {
    const path = `${churchId}/${sermonId}/1/${kind}`
    const { error } = await storage.client.from(bucket).upload(path, Buffer.from(kind), { upsert: true })
    if (error) throw error
    await connection.db.insert(mediaAssets).values({
      ...{ churchId, sermonId, kind, revision: 1, bucket, path, contentType: 'audio/mp4', sizeBytes: 1 },
      uploadedAt: new Date(),
    })
    return path
  }
  return {
    sermonId,
    original: await place('original', 'originals'),
    rendition: await place('rendition', 'media'),
    download: await place('download', 'media'),
  }
}

const runPass = (after: string | null = null) =>
  reconcileObjects({ db: connection.db, storage, now: later }, { after })
const readDeadLetters = () => connection.db.select().from(deadLetters)
const readSermon = async (id: string) =>
  (await connection.db.select().from(sermons).where(eq(sermons.id, id)))[0]

test('nothing is reported while all objects are in storage', async () => {
  const { sermonId } = await createPrepared()
  expect(await runPass()).toEqual({ after: null, missing: 0 })
  expect(await readDeadLetters()).toEqual([])
  expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'ready' })
})

test('a missing prepared file is shown on the sermon, gets one dead letter, and is prepared again by a redrive', async () => {
  const { db } = connection
  const { sermonId, rendition } = await createPrepared()
  for (const name of ['probe', 'measure', 'level', 'encode', 'make-playable']) {
    await db.insert(runSteps).values({
      ...{ workKey: `${sermonId}/media/1`, name, sermonId, churchId, taskId: 'prepare-media' },
      ...{ runId: 'run_1', attempt: 1, status: 'completed' },
    })
  }
  await storage.client.from('media').remove([rendition])
  await Promise.all([runPass(), runPass()])
  await runPass()
  const recorded = await readDeadLetters()
  expect(recorded).toMatchObject([
    { kind: 'object', subject: `media/${rendition}`, sermonId, reason: expect.stringContaining('missing') },
  ])
  expect(await readSermon(sermonId)).toMatchObject({
    mediaStatus: 'failed',
    mediaError: { reason: 'media.files_missing' },
    transcriptStatus: 'ready',
  })
  const plan = await planRedrive({ db }, { deadLetterId: recorded[0]?.id ?? '', churchId })
  expect(plan.letters[0]?.skips).toEqual(['media/probe', 'media/measure', 'media/level'])
  expect(plan.letters[0]?.performs).toContain('media/encode')
})

test('a missing original gets a dead letter with advice, and the sermon stays playable', async () => {
  const { db } = connection
  const { sermonId, original } = await createPrepared()
  await storage.client.from('originals').remove([original])
  await runPass()
  const [deadLetter] = await readDeadLetters()
  expect(deadLetter).toMatchObject({ kind: 'object', subject: `originals/${original}` })
  expect(deadLetter?.advice).toContain('backup')
  const plan = await planRedrive({ db }, { deadLetterId: deadLetter?.id ?? '', churchId })
  expect(plan.letters[0]?.blockedBecause).toContain('Upload it again')
  expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'ready' })
})

test('a sermon shown as playable without any prepared audio is found', async () => {
  const { db } = connection
  const { sermonId } = await createPrepared()
  await db.delete(mediaAssets).where(eq(mediaAssets.kind, 'rendition'))
  await runPass()
  expect(await readDeadLetters()).toMatchObject([{ kind: 'object', sermonId, type: 'storage.rendition' }])
  expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'failed' })
})

test('no object is reported as missing while storage is unavailable', async () => {
  const { sermonId } = await createPrepared()
  await gateway.kill()
  await expect(runPass()).rejects.toThrow()
  await gateway.start()
  expect(await readDeadLetters()).toEqual([])
  expect(await readSermon(sermonId)).toMatchObject({ mediaStatus: 'ready' })
})
