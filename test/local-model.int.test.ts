import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { listBackgroundJobs } from '#lib/background-jobs.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { events } from '#lib/db/schema.ts'
import { type Env, envSchema } from '#lib/env.ts'
import { readHealth } from '#lib/health/read-health.ts'
import { connectJobEngine } from '#lib/jobs/connect-job-engine.ts'
import { downloadModels } from '#lib/models/download-models.ts'
import { modelFilePath } from '#lib/models/model-folder.ts'
import { readModelStates } from '#lib/models/read-model-states.ts'
import { chooseEmbedder, openEmbedder } from '#lib/search/choose-embedder.ts'
import { indexPassages, listOutdatedSermons } from '#lib/search/index-passages.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { requireLocalEmbedder } from '../scripts/eval/local-model.ts'
import { searchFixtures } from './search-fixtures.ts'
import { type ModelServer, startModelServer } from './start-model-server.ts'
import { makeTinyEmbedder } from './tiny-models.ts'

// Invented words: only the model knows that they belong together.
const { model, files } = makeTinyEmbedder([['quorvex', 'blintary'], ['field']])
const QUERY = 'the field of quorvex'

let database: TestDatabase
let server: ModelServer
let services: Services
let dir: string
let env: Env
let sermons: { plain: string; meant: string; others: string[] }
let time = new Date('2026-01-01T00:00:00Z')

beforeAll(async () => {
  database = await startTestDatabase()
  server = await startModelServer(files)
  dir = await mkdtemp(path.join(tmpdir(), 'selah-local-model-'))
  await writeFile(path.join(dir, 'list.json'), JSON.stringify([model]))
  env = envSchema.parse({
    DATABASE_URL: database.connectionString,
    SUPABASE_URL: 'http://127.0.0.1:1',
    SUPABASE_PUBLISHABLE_KEY: 'none',
    SUPABASE_SECRET_KEY: 'none',
    TRIGGER_API_URL: 'http://127.0.0.1:1',
    TRIGGER_SECRET_KEY: 'none',
    SELAH_MODELS: 'auto',
    SELAH_MODELS_DIR: dir,
    SELAH_MODELS_MIRROR: server.url,
    SELAH_MODELS_MANIFEST: path.join(dir, 'list.json'),
    SELAH_DISK_RESERVE_MB: '0',
  })
  services = createServices(env)
  const fixtures = searchFixtures(services.db)
  const church = await fixtures.aChurch()
  const published = { publication: 'published', indexStatus: 'ready' } as const
  const plain = await fixtures.aSermon(church.id, 'The field lay there for all to see.', published)
  const meant = await fixtures.aSermon(
    church.id,
    'One blintary lay there in the field for all of us to see.',
    published,
  )
  const others = await Promise.all(
    ['ox', 'lamp', 'ship', 'tower', 'river', 'bread'].map((word) =>
      fixtures.aSermon(church.id, `The ${word} and the other ${word} were there for all to see.`, published),
    ),
  )
  sermons = { plain: plain.id, meant: meant.id, others: others.map(({ id }) => id) }
  for (const sermonId of [plain.id, meant.id, ...sermons.others]) {
    await indexPassages({ db: services.db, embedder: null }, { sermonId })
  }
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  vi.useFakeTimers({ toFake: ['Date'], now: time })
})

afterAll(async () => {
  vi.useRealTimers()
  await services?.close()
  await server?.stop()
  await database?.stop()
  await rm(dir, { recursive: true, force: true })
})

/** The background jobs of a process that starts now. */
function startProcess() {
  globalThis.selahLoadedModels?.clear()
  const jobs = connectJobEngine(env)
  const listed = listBackgroundJobs({ db: services.db, storage: services.storage, jobs, env })
  return async (name: string) => {
    const job = listed.find((entry) => entry.name.startsWith(name))
    if (!job) throw new Error(`There is no job "${name}".`)
    await job.perform(new AbortController().signal)
  }
}

const search = async () => {
  const { hits } = await searchPassages(
    { db: services.db, embedder: chooseEmbedder(env) },
    { query: QUERY, limit: 5, scope: { memberOf: [] } },
  )
  return hits.map(({ sermonId }) => sermonId)
}
const byWords = () => [sermons.plain, sermons.meant]
const byMeaning = () => [sermons.meant, sermons.plain]
const reindex = async (sermonId: string) =>
  indexPassages({ db: services.db, embedder: await openEmbedder(env) }, { sermonId })
const queued = async () =>
  (await services.db.select().from(events).where(eq(events.type, 'sermon.reindex'))).map(
    ({ sermonId }) => sermonId,
  )
const later = (minutes: number) => {
  time = new Date(time.getTime() + minutes * 60_000)
  vi.setSystemTime(time)
}

test('a model arrives while Selah runs, is used once all sermons have its vectors, and stays after a restart', async () => {
  const perform = startProcess()
  expect(chooseEmbedder(env)).toBeNull()
  expect(await search()).toEqual(byWords())

  server.faults.push({ status: 503 })
  await perform('download models')
  await perform('queue re-indexing')
  expect((await readModelStates(env))[0]).toMatchObject({
    state: 'paused',
    failure: { reason: 'models.busy' },
  })
  expect((await readHealth(services)).services.embeddings.detail).toMatch(
    /^word meanings; tiny-embedder paused, 0 of 1 MB\. The server of the model is busy/,
  )
  expect(await queued()).toEqual([])
  expect(await search()).toEqual(byWords())

  later(1)
  await perform('download models')
  expect((await readModelStates(env))[0]).toMatchObject({ state: 'ready' })
  expect(chooseEmbedder(env)?.id).toBe('local:tiny-embedder@01234567:384')
  expect((await readHealth(services)).services.embeddings.detail).toBe('local:tiny-embedder@01234567:384')
  await perform('queue re-indexing')
  expect((await queued()).sort()).toEqual([sermons.plain, sermons.meant, ...sermons.others].sort())

  for (const sermonId of [...sermons.others, sermons.plain]) await reindex(sermonId)
  expect(await search()).toEqual(byWords())
  await reindex(sermons.meant)
  expect(await search()).toEqual(byMeaning())

  const requests = server.requests.length
  const performAgain = startProcess()
  await performAgain('download models')
  await performAgain('queue re-indexing')
  expect(server.requests).toHaveLength(requests)
  expect(await queued()).toHaveLength(8)
  expect(await listOutdatedSermons({ db: services.db, embedder: chooseEmbedder(env) }, { limit: 9 })).toEqual(
    [],
  )
  expect(await search()).toEqual(byMeaning())
})

test('a file that the disk damaged is downloaded again, and words find sermons until then', async () => {
  const [graph] = model.files
  if (!graph) throw new Error('no file')
  const file = modelFilePath(dir, model, graph)
  const whole = await readFile(file)
  await writeFile(file, Buffer.alloc(whole.length))
  const perform = startProcess()
  expect(await search()).toEqual(byWords())
  expect(await openEmbedder(env)).toBeNull()
  await perform('download models')
  expect((await readFile(file)).equals(whole)).toBe(true)
  startProcess()
  expect(await search()).toEqual(byMeaning())
})

test('long texts are cut, and a text without a known word has a vector too', async () => {
  const embedder = chooseEmbedder(env)
  const [long = [], none = []] =
    (await embedder?.embed(['field '.repeat(500), '!'], { kind: 'passage' })) ?? []
  expect(long[1]).toBeCloseTo(1)
  expect(Math.hypot(...none)).toBeCloseTo(1)
})

test('the evaluation downloads the model without waiting for a pause, and says why it cannot', async () => {
  const own = {
    SELAH_MODELS_DIR: path.join(dir, 'evaluation'),
    SELAH_MODELS_MIRROR: server.url,
    SELAH_MODELS_MANIFEST: path.join(dir, 'list.json'),
    SELAH_DISK_RESERVE_MB: '0',
  }
  server.faults.push({ status: 404 })
  await expect(requireLocalEmbedder(own)).rejects.toThrow('The server of the model does not have this file')
  expect((await requireLocalEmbedder(own)).id).toBe('local:tiny-embedder@01234567:384')
})

test('a model that this machine cannot run is left alone, and Selah indexes without it', async () => {
  const broken = { ...model, id: 'broken', embedder: { ...model.embedder, graph: 'tokenizer.json' } }
  const other = { ...env, SELAH_MODELS_MANIFEST: path.join(dir, 'broken.json') }
  await writeFile(other.SELAH_MODELS_MANIFEST, JSON.stringify([broken]))
  await downloadModels({ env: other, now: () => time }, { signal: new AbortController().signal })
  expect(chooseEmbedder(other)?.id).toContain('broken')
  expect(await openEmbedder(other)).toBeNull()
})
