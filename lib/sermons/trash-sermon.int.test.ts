import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { events, mediaAssets, runs, scheduledEvents, sermons } from '#lib/db/schema.ts'
import { isUnwanted } from '#lib/facets/unwanted-runs.ts'
import { catalog, type TaskPayload } from '#lib/jobs/catalog.ts'
import { completeUpload, renewUpload } from '#lib/sermons/complete-upload.ts'
import { createSermon } from '#lib/sermons/create-sermon.ts'
import { deleteExpiredSermons, deleteTrashedSermon, TRASH_DAYS } from '#lib/sermons/delete-sermon.ts'
import { schedulePublication } from '#lib/sermons/publish-sermon.ts'
import { removeStoredObjects } from '#lib/sermons/remove-stored-objects.ts'
import { restoreSermon } from '#lib/sermons/restore-sermon.ts'
import { trashSermon } from '#lib/sermons/trash-sermon.ts'
import { connectStorage, type StorageConnection } from '#lib/storage/connect-storage.ts'
import type { SignedUpload } from '#lib/storage/create-signed-upload.ts'
import { type BucketName, ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { listObjects } from '#lib/storage/list-objects.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

const DAY_MS = 86_400_000
const env = { SELAH_MAX_UPLOAD_MB: 100 }
const now = () => new Date()
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
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

const wanted = (sermonId: string) => ({ sermonId, churchId, actorId: null })
const trash = (sermonId: string) => trashSermon({ db, storage }, wanted(sermonId))
const restore = (sermonId: string, at = now()) => restoreSermon({ db, now: () => at }, wanted(sermonId))

async function readRow(sermonId: string) {
  const [row] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  if (!row) throw new Error('The sermon does not exist')
  return row
}

async function createTestSermon(columns: Partial<typeof sermons.$inferInsert> = {}): Promise<string> {
  const [id = ''] = await createSermons(db, {
    churchId,
    count: 1,
    ...{ mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' },
    ...columns,
  })
  return id
}

async function putObject(bucket: BucketName, path: string): Promise<void> {
  const { error } = await storage.client.from(bucket).upload(path, 'bytes')
  if (error) throw error
}

async function objectsOf(sermonId: string): Promise<string[]> {
  const folder = `${churchId}/${sermonId}`
  const lists = await Promise.all(
    (['originals', 'media'] as const).map((bucket) => listObjects({ storage }, { bucket, folder })),
  )
  return lists.flat().map(({ path }) => path)
}

/** The requests to remove files of this church, in the order in which they were made. */
async function removals(): Promise<TaskPayload<'remove-objects'>[]> {
  const rows = await db
    .select({ payload: events.payload })
    .from(events)
    .where(and(eq(events.churchId, churchId), eq(events.type, 'sermon.removed')))
  return rows.map(({ payload }) => catalog['remove-objects'].parse(payload))
}

test('undo restores a published sermon with everything it had', async () => {
  const sermonId = await createTestSermon({
    publication: 'published',
    publishedAt: new Date('2026-11-01T10:00:00Z'),
    description: 'About shepherds',
    transcriptStatus: 'failed',
    transcriptError: { reason: 'a', message: 'b' },
  })
  const { updatedAt: _, ...before } = await readRow(sermonId)
  await trash(sermonId)
  expect(await readRow(sermonId)).toMatchObject({ publication: 'draft', trashedFrom: 'published' })
  await restore(sermonId)
  expect(await readRow(sermonId)).toMatchObject(before)
  expect(await db.select().from(events).where(eq(events.sermonId, sermonId))).toEqual([])
})

test('undo restores a schedule; if its time has passed, the sermon becomes a draft', async () => {
  const sermonId = await createTestSermon()
  const publishAt = inDays(2)
  await schedulePublication({ db, now }, { sermonId, churchId, publishAt })
  const dues = () => db.select().from(scheduledEvents).where(eq(scheduledEvents.sermonId, sermonId))
  await trash(sermonId)
  expect(await dues()).toEqual([])
  await restore(sermonId)
  expect(await readRow(sermonId)).toMatchObject({ publication: 'scheduled', publishAt })
  expect((await dues()).map(({ dueAt }) => dueAt)).toEqual([publishAt])
  await trash(sermonId)
  await restore(sermonId, inDays(3))
  expect(await readRow(sermonId)).toMatchObject({ publication: 'draft', publishAt: null })
  expect(await dues()).toEqual([])
})

test('the work of a trashed sermon is cancelled, and undo requests it again', async () => {
  const sermonId = await createTestSermon({
    mediaStatus: 'running',
    mediaProgress: 40,
    transcriptStatus: 'pending',
  })
  const runId = `run_${randomUUID()}`
  const payload = { churchId, sermonId, mediaRevision: 1 }
  await db.insert(runs).values({
    ...{ id: runId, taskId: 'prepare-media', queue: 'task/prepare-media', rootRunId: runId },
    ...{ churchId, sermonId, status: 'running', payload },
  })
  const unwanted = async () =>
    (
      await db
        .select()
        .from(runs)
        .where(and(eq(runs.id, runId), isUnwanted))
    ).length
  expect(await unwanted()).toBe(0)
  await trash(sermonId)
  expect(await unwanted()).toBe(1)
  await restore(sermonId)
  expect(await readRow(sermonId)).toMatchObject({ mediaStatus: 'pending', transcriptStatus: 'pending' })
  const requested = await db.select().from(events).where(eq(events.sermonId, sermonId))
  expect(requested).toMatchObject([{ type: 'sermon.reprocess', state: 'pending', payload }])
})

async function tus(upload: SignedUpload, method: string, url: string, headers = {}, body?: Buffer) {
  const response = await fetch(url, {
    method,
    headers: { 'tus-resumable': '1.0.0', ...upload.headers, ...headers },
    ...(body ? { body: new Uint8Array(body) } : {}),
  })
  return { status: response.status, text: await response.text(), location: response.headers.get('location') }
}

function begin(upload: SignedUpload, sizeBytes: number) {
  const metadata = Object.entries({ ...upload.metadata, contentType: 'audio/mpeg' })
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')
  return tus(upload, 'POST', upload.endpoint, {
    'upload-length': String(sizeBytes),
    'upload-metadata': metadata,
  })
}

function send(upload: SignedUpload, location: string | null, offset: number, body: Buffer) {
  const url = new URL(location ?? '', gateway.url).href
  const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }
  return tus(upload, 'PATCH', url, headers, body)
}

const recording = { fileName: 'a.mp3', contentType: 'audio/mpeg', publish: false, createdBy: null }

test('an upload that is open when its sermon is trashed cannot finish, nor can its permission be used again', async () => {
  const { sermonId, upload } = await createSermon(
    { db, storage, env },
    { ...recording, sizeBytes: 10, churchId },
  )
  const { location } = await begin(upload, 10)
  expect((await send(upload, location, 0, Buffer.from('01234'))).status).toBe(204)
  await trash(sermonId)
  for (const payload of await removals()) await removeStoredObjects({ db, storage }, payload)
  const refused = await send(upload, location, 5, Buffer.from('56789'))
  expect(refused).toMatchObject({ status: 410, text: expect.stringContaining('was closed') })
  expect((await begin(upload, 10)).status).toBe(410)
  const inTrash = { code: 'not_found', reason: 'sermon.trashed' }
  await expect(completeUpload({ db, storage }, { sermonId, churchId })).rejects.toMatchObject(inTrash)
  await expect(
    renewUpload({ db, storage }, { sermonId, churchId, actorId: randomUUID() }),
  ).rejects.toMatchObject(inTrash)
  expect(await objectsOf(sermonId)).toEqual([])
})

test('a recording that arrived without a report is kept in the trash, and undo starts its processing', async () => {
  const { sermonId, upload } = await createSermon(
    { db, storage, env },
    { ...recording, sizeBytes: 5, churchId },
  )
  const { location } = await begin(upload, 5)
  expect((await send(upload, location, 0, Buffer.from('01234'))).status).toBe(204)
  await trash(sermonId)
  expect(await removals()).toEqual([])
  await restore(sermonId)
  expect(await readRow(sermonId)).toMatchObject({ mediaRevision: 1, mediaStatus: 'pending' })
  const states = (await db.select().from(events).where(eq(events.sermonId, sermonId))).map(
    ({ type, state }) => `${type} ${state}`,
  )
  expect(states.toSorted()).toEqual(['sermon.reprocess pending', 'sermon.uploaded cancelled'])
  expect(await objectsOf(sermonId)).toHaveLength(1)
})

test('no object of a sermon that is deleted during encoding remains, including objects stored afterwards', async () => {
  const sermonId = await createTestSermon({ mediaStatus: 'running' })
  const folder = `${churchId}/${sermonId}/1`
  await putObject('originals', `${folder}/original`)
  await putObject('media', `${folder}/64k.mp4`)
  const runId = `run_${randomUUID()}`
  await db.insert(runs).values({
    ...{ id: runId, taskId: 'prepare-media', queue: 'task/prepare-media', rootRunId: runId },
    ...{ churchId, sermonId, status: 'running', payload: { churchId, sermonId, mediaRevision: 1 } },
  })
  await trash(sermonId)
  expect(await objectsOf(sermonId)).toHaveLength(2)
  await deleteTrashedSermon({ db }, wanted(sermonId))
  const [payload] = await removals()
  if (!payload) throw new Error('Nothing removes the files')
  expect(await removeStoredObjects({ db, storage }, payload)).toEqual({ postponed: true })
  expect(await objectsOf(sermonId)).toEqual([])
  await putObject('media', `${folder}/96k.mp4`)
  await db.update(runs).set({ status: 'cancelled', finishedAt: now() }).where(eq(runs.id, runId))
  expect(await removeStoredObjects({ db, storage }, payload)).toEqual({ postponed: true })
  const later = () => new Date(Date.now() + 120_000)
  await putObject('media', `${folder}/128k.mp4`)
  expect(await removeStoredObjects({ db, storage, now: later }, payload)).toEqual({ removed: 1 })
  expect(await objectsOf(sermonId)).toEqual([])
})

test('after 30 days in the trash the rows and all objects of a sermon are deleted, and no others', async () => {
  const kept = await createTestSermon()
  const fresh = await createTestSermon()
  const expired = await createTestSermon()
  for (const id of [kept, fresh, expired]) {
    const path = `${churchId}/${id}/1/original`
    await putObject('originals', path)
    await putObject('media', `${churchId}/${id}/1/unrecorded.mp4`)
    await db.insert(mediaAssets).values({
      ...{ churchId, sermonId: id, kind: 'original', revision: 1, bucket: 'originals', path },
      ...{ contentType: 'audio/mpeg', sizeBytes: 5, uploadedAt: now() },
    })
  }
  await trash(expired)
  await trash(fresh)
  await db
    .update(sermons)
    .set({ trashedAt: inDays(-TRASH_DAYS - 1) })
    .where(eq(sermons.id, expired))
  expect(await deleteExpiredSermons({ db, now })).toBe(1)
  expect(await deleteExpiredSermons({ db, now })).toBe(0)
  for (const payload of await removals()) await removeStoredObjects({ db, storage }, payload)
  const left = await db.select({ id: sermons.id }).from(sermons).where(eq(sermons.churchId, churchId))
  expect(left.map(({ id }) => id).toSorted()).toEqual([kept, fresh].toSorted())
  expect(await objectsOf(expired)).toEqual([])
  expect(await objectsOf(kept)).toHaveLength(2)
  expect(await objectsOf(fresh)).toHaveLength(2)
})

test('only a sermon that is in the trash can be deleted permanently', async () => {
  const sermonId = await createTestSermon()
  await expect(deleteTrashedSermon({ db }, wanted(sermonId))).rejects.toMatchObject({ code: 'not_found' })
  expect((await readRow(sermonId)).trashedAt).toBeNull()
})
