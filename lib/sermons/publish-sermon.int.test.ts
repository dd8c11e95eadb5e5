import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, mediaAssets, sermons } from '#lib/db/schema.ts'
import { confirmRecording } from '#lib/sermons/confirm-recording.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import {
  publishDueSermon,
  publishSermon,
  schedulePublication,
  unpublishSermon,
} from '#lib/sermons/publish-sermon.ts'
import { storeRecordingReport } from '#lib/sermons/store-recording-report.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

const now = () => new Date()
let database: TestDatabase
let connection: DatabaseConnection
let db: Database
let churchId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  db = connection.db
})

beforeEach(async () => {
  churchId = await createChurch(db)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

async function createTestSermon(columns: Partial<typeof sermons.$inferInsert> = {}): Promise<string> {
  const [id = ''] = await createSermons(db, { churchId, count: 1, mediaStatus: 'ready', ...columns })
  return id
}

async function readRow(sermonId: string) {
  const [row] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  return row
}

const slugOf = async (sermonId: string) => (await readRow(sermonId))?.slug
const rename = (sermonId: string, title: string) =>
  updateSermon({ db }, { sermonId, churchId, changes: { title } })

const publications: Record<string, (sermonId: string) => Promise<unknown>> = {
  'a person': (sermonId) => publishSermon({ db }, { sermonId, churchId }),
  'a schedule': async (sermonId) => {
    await schedulePublication({ db, now }, { sermonId, churchId, publishAt: new Date(Date.now() + 60_000) })
    await rename(sermonId, 'Bread of Heaven')
    await publishDueSermon({ db, now }, { sermonId, churchId })
  },
}

test.each(Object.entries(publications))(
  'the address follows the title until %s publishes the sermon for the first time, and then stays',
  async (_, publish) => {
    const sermonId = await createTestSermon()
    await db.update(sermons).set({ slug: 'final-v2', title: 'final v2' }).where(eq(sermons.id, sermonId))
    await rename(sermonId, 'Bread of Heaven')
    expect(await slugOf(sermonId)).toBe('bread-of-heaven')
    await updateSermon({ db }, { sermonId, churchId, changes: { title: 'Bread of Heaven', speaker: 'Amos' } })
    expect(await slugOf(sermonId)).toBe('bread-of-heaven')
    await publish(sermonId)
    await rename(sermonId, 'Manna')
    expect(await slugOf(sermonId)).toBe('bread-of-heaven')
    await unpublishSermon({ db }, { sermonId, churchId })
    await rename(sermonId, 'Manna in the Desert')
    expect(await slugOf(sermonId)).toBe('bread-of-heaven')
    await db.delete(sermons).where(eq(sermons.id, sermonId))
  },
)

test('two sermons never get the same address, and one that keeps its title keeps its address', async () => {
  const [first, second] = [await createTestSermon(), await createTestSermon()]
  await rename(first, 'The Good Shepherd')
  await rename(second, 'The Good Shepherd')
  expect([await slugOf(first), await slugOf(second)]).toEqual(['the-good-shepherd', 'the-good-shepherd-2'])
  await rename(second, 'The Good Shepherd')
  expect(await slugOf(second)).toBe('the-good-shepherd-2')
})

test('a sermon that is created as published keeps its address', async () => {
  const { sermonId } = await createTextSermon(
    { db },
    { title: 'Published at Once', text: 'A text.', publish: true, churchId, createdBy: null },
  )
  await rename(sermonId, 'Another title')
  expect(await slugOf(sermonId)).toBe('published-at-once')
})

test.each([
  ['has no recording', { mediaStatus: 'waiting', mediaRevision: 0 }, 'refused'],
  ['has a recording that failed', { mediaStatus: 'failed' }, 'refused'],
  ['is still being prepared', { mediaStatus: 'running' }, 'published'],
  ['is ready', { mediaStatus: 'ready' }, 'published'],
  ['is a text', { mediaStatus: 'waiting', mediaRevision: 0, isTextOnly: true }, 'published'],
] as const)('with onlyIfPlayable, a sermon that $0 is $2', async (_, columns, outcome) => {
  const sermonId = await createTestSermon(columns)
  const publish = publishSermon({ db }, { sermonId, churchId, onlyIfPlayable: true })
  if (outcome === 'refused') await expect(publish).rejects.toMatchObject({ reason: 'sermon.not_playable' })
  else await publish
  expect((await readRow(sermonId))?.publication).toBe(outcome === 'refused' ? 'draft' : 'published')
  await publishSermon({ db }, { sermonId, churchId })
  expect((await readRow(sermonId))?.publication).toBe('published')
})

const plain = { track: { number: 1, of: 1 }, repaired: [], warnings: [] }
const incomplete = {
  ...plain,
  warnings: [{ code: 'end-missing' as const, announcedMs: 120_000, foundMs: 48_000 }],
}

async function createSermonWithRecording(report: typeof plain | typeof incomplete): Promise<string> {
  const sermonId = await createTestSermon()
  await addRecording(sermonId, 1)
  await storeRecordingReport({ db }, { sermonId, mediaRevision: 1, report })
  return sermonId
}

const addRecording = (sermonId: string, revision: number) =>
  db.insert(mediaAssets).values({
    churchId,
    sermonId,
    kind: 'original',
    revision,
    bucket: 'originals',
    path: `${sermonId}/${revision}`,
    contentType: 'audio/mpeg',
    sizeBytes: 1,
    uploadedAt: new Date(),
  })

const publicationOf = async (sermonId: string) => (await readRow(sermonId))?.publication
const isConfirmed = async (sermonId: string) => {
  const { recording } = await findChurchSermon({ db }, { id: sermonId, churchId })
  return recording?.warnings.every(({ confirmed }) => confirmed)
}

/** Makes a scheduled sermon due. */
async function becomeDue(sermonId: string): Promise<void> {
  const passed = new Date(Date.now() - 60_000)
  await db.update(sermons).set({ publishAt: passed }).where(eq(sermons.id, sermonId))
  await publishDueSermon({ db, now }, { sermonId, churchId })
}

const scheduled = (sermonId: string) =>
  db
    .update(sermons)
    .set({ publication: 'scheduled', publishAt: new Date(Date.now() + 60_000) })
    .where(eq(sermons.id, sermonId))

test('a sermon with a recording that may be incomplete is published only after the question or by a plain request', async () => {
  const sermonId = await createSermonWithRecording(incomplete)
  const publish = publishSermon({ db }, { sermonId, churchId, onWarning: 'refuse' })
  await expect(publish).rejects.toMatchObject({ reason: 'sermon.recording_unconfirmed' })
  expect(await publicationOf(sermonId)).toBe('draft')
  await publishSermon({ db }, { sermonId, churchId })
  expect([await publicationOf(sermonId), await isConfirmed(sermonId)]).toEqual(['published', true])
  const whole = await createSermonWithRecording(plain)
  await publishSermon({ db }, { sermonId: whole, churchId, onWarning: 'refuse' })
  expect(await publicationOf(whole)).toBe('published')
})

test('a scheduled sermon with a recording that may be incomplete is not published until a user confirms it', async () => {
  const sermonId = await createSermonWithRecording(incomplete)
  await scheduled(sermonId)
  await becomeDue(sermonId)
  expect(await publicationOf(sermonId)).toBe('scheduled')
  await confirmRecording({ db }, { sermonId, churchId, actorId: null })
  expect([await publicationOf(sermonId), await isConfirmed(sermonId)]).toEqual(['published', true])
  const logged = await db.select().from(auditLog).where(eq(auditLog.subject, sermonId))
  expect(logged.map(({ action }) => action)).toEqual(['recording.confirmed'])
})

test('a confirmation before the scheduled time publishes nothing early', async () => {
  const sermonId = await createSermonWithRecording(incomplete)
  await scheduled(sermonId)
  await confirmRecording({ db }, { sermonId, churchId, actorId: null })
  expect(await publicationOf(sermonId)).toBe('scheduled')
  await becomeDue(sermonId)
  expect(await publicationOf(sermonId)).toBe('published')
})

test('a sermon that was held back is published when a complete recording replaces the incomplete one', async () => {
  const sermonId = await createSermonWithRecording(incomplete)
  await scheduled(sermonId)
  await becomeDue(sermonId)
  await addRecording(sermonId, 2)
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  await storeRecordingReport({ db }, { sermonId, mediaRevision: 2, report: plain })
  expect(await publicationOf(sermonId)).toBe('published')
})

test('a confirmation is for one recording, and stays when that recording is inspected again', async () => {
  const sermonId = await createSermonWithRecording(incomplete)
  await confirmRecording({ db }, { sermonId, churchId, actorId: null })
  await storeRecordingReport({ db }, { sermonId, mediaRevision: 1, report: incomplete })
  expect(await isConfirmed(sermonId)).toBe(true)
  await addRecording(sermonId, 2)
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  await storeRecordingReport({ db }, { sermonId, mediaRevision: 2, report: incomplete })
  expect(await isConfirmed(sermonId)).toBe(false)
})
