import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { sermons } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { completeUpload } from '#lib/sermons/complete-upload.ts'
import { createSermon } from '#lib/sermons/create-sermon.ts'
import { findSameRecording } from '#lib/sermons/find-same-recording.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { hashedPartBytes } from './hashed-part-bytes.ts'

let database: TestDatabase
let gateway: TestGateway
let services: Services
let folder: string
let churchId: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'selah-same-'))
  database = await startTestDatabase()
  gateway = await startTestGateway({ connectionString: database.connectionString })
  services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: gateway.url,
      SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
      SUPABASE_SECRET_KEY: gateway.secretKey,
      TRIGGER_SECRET_KEY: 'unused',
    }),
  )
  await ensureBuckets(services)
})

afterAll(async () => {
  await services?.close()
  await gateway?.stop()
  await database?.stop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  churchId = await createChurch(services.db)
})

/** A recording of more than two parts; `mark` is at its end. */
const bytesWith = (mark: string) =>
  Buffer.concat([Buffer.alloc(2.5 * hashedPartBytes, 'a'), Buffer.from(mark)])
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const fileOf = (bytes: Buffer, fileName = 'sunday.mp3') => ({
  fileName,
  sizeBytes: bytes.byteLength,
  first: sha256(bytes.subarray(0, hashedPartBytes)),
  last: sha256(bytes.subarray(-hashedPartBytes)),
})

async function upload(title: string, bytes: Buffer): Promise<string> {
  const filePath = path.join(folder, randomUUID())
  await writeFile(filePath, bytes)
  const { sermonId, upload: permission } = await createSermon(services, {
    ...{ churchId, createdBy: randomUUID(), title, publish: false },
    ...{ fileName: 'sunday.mp3', sizeBytes: bytes.byteLength, contentType: 'audio/mpeg' },
  })
  const { objectName } = permission.metadata
  await uploadFile(services, { bucket: 'originals', path: objectName, filePath, contentType: 'audio/mpeg' })
  await completeUpload(services, { sermonId, churchId })
  return sermonId
}

test('a recording is found by its size and its ends, also under another name', async () => {
  const id = await upload('Grace', bytesWith('1'))
  const find = (file: ReturnType<typeof fileOf>) => findSameRecording(services, { churchId, ...file })
  expect(await find(fileOf(bytesWith('1'), 'renamed.mp3'))).toEqual({ id, title: 'Grace' })
  expect(await find(fileOf(bytesWith('2')))).toBeNull()
  expect(await find(fileOf(bytesWith('12')))).toBeNull()
})

test('one that is shorter than a part is found too', async () => {
  const id = await upload('Short', Buffer.from('RIFF short'))
  expect(await findSameRecording(services, { churchId, ...fileOf(Buffer.from('RIFF short')) })).toEqual({
    id,
    title: 'Short',
  })
})

test('a file that the browser cannot hash is found by its name and its size', async () => {
  const bytes = bytesWith('3')
  const id = await upload('Peace', bytes)
  const find = (fileName: string) =>
    findSameRecording(services, { churchId, fileName, sizeBytes: bytes.byteLength })
  expect(await find('sunday.mp3')).toEqual({ id, title: 'Peace' })
  expect(await find('other.mp3')).toBeNull()
})

test('neither the recording of another church nor one in the trash is found', async () => {
  const file = fileOf(bytesWith('4'))
  const id = await upload('Hope', bytesWith('4'))
  expect(await findSameRecording(services, { churchId: await createChurch(services.db), ...file })).toBeNull()
  await services.db.update(sermons).set({ trashedAt: new Date() }).where(eq(sermons.id, id))
  expect(await findSameRecording(services, { churchId, ...file })).toBeNull()
})
