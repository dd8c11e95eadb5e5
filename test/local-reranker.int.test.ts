import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { answerQuestion } from '#lib/ask/answer-question.ts'
import { extractiveAnswerer } from '#lib/ask/extractive-answerer.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { type Env, envSchema } from '#lib/env.ts'
import { readHealth } from '#lib/health/read-health.ts'
import { downloadModels } from '#lib/models/download-models.ts'
import { listModels } from '#lib/models/list-models.ts'
import { modelFilePath } from '#lib/models/model-folder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import { indexPassages } from '#lib/search/index-passages.ts'
import { searchPassages } from '#lib/search/search-passages.ts'
import { requireLocalReranker } from '../scripts/eval/local-model.ts'
import { searchFixtures } from './search-fixtures.ts'
import { type ModelServer, startModelServer } from './start-model-server.ts'
import { makeTinyReranker } from './tiny-models.ts'

const { model, files } = makeTinyReranker({ harbour: 4, quiet: -4 })
const QUERY = 'where do ships find shelter in a storm'

let database: TestDatabase
let server: ModelServer
let services: Services
let dir: string
let env: Env
let sermons: { quiet: string; harbour: string }

beforeAll(async () => {
  database = await startTestDatabase()
  server = await startModelServer(files)
  dir = await mkdtemp(path.join(tmpdir(), 'selah-local-reranker-'))
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
  const add = async (text: string) => {
    const { id } = await fixtures.aSermon(church.id, text, published)
    await indexPassages({ db: services.db, embedder: null }, { sermonId: id })
    return id
  }
  sermons = {
    quiet: await add('After a storm comes shelter: it is a quiet place to find ships.'),
    harbour: await add('A storm is long, and there is shelter in the harbour for all of us.'),
  }
  for (const word of ['ox', 'lamp', 'tower', 'river', 'bread', 'field']) {
    await add(`The ${word} and the other ${word} were there for all to see.`)
  }
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

afterAll(async () => {
  await services?.close()
  await server?.stop()
  await database?.stop()
  await rm(dir, { recursive: true, force: true })
})

const deps = () => ({ db: services.db, embedder: null, reranker: chooseReranker(env) })
const search = async (query = QUERY) =>
  (await searchPassages(deps(), { query, limit: 5, scope: { memberOf: [] } })).hits
const ids = async (query?: string) => (await search(query)).map(({ sermonId }) => sermonId)
const download = () =>
  downloadModels({ env, now: () => new Date() }, { signal: new AbortController().signal })

test('the reranker that ships with Selah is downloaded only with all models', () => {
  const kinds = (mode: Env['SELAH_MODELS']) =>
    listModels({ ...env, SELAH_MODELS: mode, SELAH_MODELS_MANIFEST: undefined }).map(({ kind }) => kind)
  expect(kinds('auto')).toEqual(['sentence-embedder'])
  expect(kinds('all')).toEqual(['sentence-embedder', 'reranker'])
  expect(kinds('off')).toEqual([])
})

test('a reranker orders the first sermons as soon as it has been downloaded', async () => {
  expect(chooseReranker(env)).toBeNull()
  const before = await search()
  expect(before.map(({ sermonId }) => sermonId)).toEqual([sermons.quiet, sermons.harbour])
  await download()
  expect(chooseReranker(env)?.id).toBe('local:tiny-reranker@01234567')
  expect((await readHealth(services)).services.embeddings.detail).toContain('local:tiny-reranker@01234567')
  const after = await search()
  expect(after.map(({ sermonId }) => sermonId)).toEqual([sermons.harbour, sermons.quiet])
  expect(after.map(({ score }) => score)).toEqual(before.map(({ score }) => score))
  const answer = await answerQuestion(
    { ...deps(), answerer: extractiveAnswerer },
    { question: QUERY, scope: { memberOf: [] } },
  )
  expect([...answer.quotes, ...answer.nearest][0]?.sermonId).toBe(sermons.harbour)
})

test('a phrase that is in a sermon word for word stays first', async () => {
  expect((await ids('a quiet place to find ships'))[0]).toBe(sermons.quiet)
})

test('a pair of texts that is too long is cut', async () => {
  const [long = 0] = (await chooseReranker(env)?.score('field', ['harbour '.repeat(500)])) ?? []
  expect(long).toBeCloseTo(1)
})

test('with a damaged file searches keep their order, and the file is downloaded again', async () => {
  globalThis.selahLoadedModels?.clear()
  const [graph] = model.files
  if (!graph) throw new Error('no file')
  const file = modelFilePath(dir, model, graph)
  const whole = await readFile(file)
  await writeFile(file, Buffer.alloc(whole.length))
  expect(await ids()).toEqual([sermons.quiet, sermons.harbour])
  await download()
  expect((await readFile(file)).equals(whole)).toBe(true)
  globalThis.selahLoadedModels?.clear()
  expect(await ids()).toEqual([sermons.harbour, sermons.quiet])
})

test('the evaluation downloads it, and says why it cannot', async () => {
  const own = {
    SELAH_MODELS_DIR: path.join(dir, 'evaluation'),
    SELAH_MODELS_MIRROR: server.url,
    SELAH_MODELS_MANIFEST: path.join(dir, 'list.json'),
    SELAH_DISK_RESERVE_MB: '0',
  }
  server.faults.push({ status: 404 })
  await expect(requireLocalReranker(own)).rejects.toThrow('The server of the model does not have this file')
  expect((await requireLocalReranker(own)).id).toBe('local:tiny-reranker@01234567')
})
