import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest'
import { type ModelServer, startModelServer } from '#test/start-model-server.ts'
import { downloadModels } from './download-models.ts'
import { modelFilePath } from './model-folder.ts'
import type { ModelManifest } from './model-manifest.ts'
import { readModelStates } from './read-model-states.ts'

const weights = randomBytes(200_000)
const tokens = Buffer.from('{"tokens":true}')
const entry = (file: string, content: Buffer) => ({
  path: file,
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
})
const model: ModelManifest = {
  kind: 'speech',
  id: 'tiny',
  licence: 'CC0-1.0',
  repository: 'selah/tiny',
  revision: 'abcdef0',
  files: [entry('onnx/weights.bin', weights), entry('tokens.json', tokens)],
  label: 'Tiny',
  languages: ['en'],
  isDraft: true,
  network: { family: 'nemo-ctc', graph: 'onnx/weights.bin', tokens: 'tokens.json' },
}
const total = weights.length + tokens.length
const address = (file: string) => `/selah/tiny/resolve/abcdef0/${file}`
const [weightsFile] = model.files

let server: ModelServer
let dir: string
let now: Date

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'selah-models-'))
  server = await startModelServer({
    [address('onnx/weights.bin')]: weights,
    [address('tokens.json')]: tokens,
  })
  await writeFile(path.join(dir, 'list.json'), JSON.stringify([model]))
  now = new Date('2026-01-01T00:00:00Z')
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

afterEach(async () => {
  await server.stop()
  await rm(dir, { recursive: true, force: true })
})

const settings = (more: { reserveMb?: number } = {}) => ({
  SELAH_MODELS: 'auto' as const,
  SELAH_MODELS_DIR: dir,
  SELAH_MODELS_MIRROR: server.url,
  SELAH_MODELS_MANIFEST: path.join(dir, 'list.json'),
  SELAH_DISK_RESERVE_MB: more.reserveMb ?? 0,
})
/** One pass of the background job. */
const pass = (env = settings(), stallMs?: number) =>
  downloadModels({ env, now: () => now }, { signal: new AbortController().signal, stallMs })
/** Long enough for a busy machine to answer. */
const STALL_MS = 2_000
/** One pass whose connection breaks when half of the rest has arrived. */
const brokenPass = async () => {
  const before = (await state())?.receivedBytes ?? 0
  server.faults.push('stall')
  const running = downloadModels(
    { env: settings(), now: () => now },
    { signal: new AbortController().signal },
  )
  const half = before + Math.ceil((weights.length - before) / 2)
  await vi.waitFor(async () => expect((await state())?.receivedBytes).toBe(half), { timeout: 60_000 })
  server.breakOff()
  await running
}
const state = async () => (await readModelStates(settings()))[0]
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000)
}
const isWhole = async () => {
  if (!weightsFile) return false
  return (await readFile(modelFilePath(dir, model, weightsFile))).equals(weights)
}

test('a model is downloaded, verified and not requested again', async () => {
  expect(await state()).toMatchObject({ state: 'waiting', receivedBytes: 0, totalBytes: total })
  await pass()
  expect(await state()).toMatchObject({ state: 'ready', receivedBytes: total, failure: null })
  expect(await isWhole()).toBe(true)
  await pass()
  expect(server.requests.map(({ path: asked }) => asked)).toEqual([
    address('onnx/weights.bin'),
    address('tokens.json'),
  ])
  expect((await readdir(path.join(dir, 'tiny', 'abcdef0'), { recursive: true })).sort()).toEqual([
    'onnx',
    'onnx/weights.bin',
    'tokens.json',
  ])
})

test('nothing is requested where models are off', async () => {
  await downloadModels(
    { env: { ...settings(), SELAH_MODELS: 'off' }, now: () => now },
    { signal: new AbortController().signal },
  )
  expect(server.requests).toEqual([])
})

describe('a download that broke off', () => {
  it.each([
    ['breaks', 'models.interrupted', brokenPass],
    [
      'stalls',
      'models.stalled',
      () => {
        server.faults.push('stall')
        return pass(settings(), STALL_MS)
      },
    ],
  ] as const)('because the connection %s resumes with the rest', async (_, reason, fail) => {
    await fail()
    expect(await state()).toMatchObject({
      state: 'paused',
      receivedBytes: weights.length / 2,
      failure: { reason, attempts: 1 },
    })
    later(31)
    await pass()
    expect(await state()).toMatchObject({ state: 'ready', failure: null })
    expect(server.requests[1]?.range).toBe(`bytes=${weights.length / 2}-`)
    expect(await isWhole()).toBe(true)
  })

  it('begins again where the server cannot resume', async () => {
    await brokenPass()
    server.faults.push('ignore range')
    later(31)
    await pass()
    expect(await isWhole()).toBe(true)
  })

  it('is never joined with another file that took its place', async () => {
    await brokenPass()
    server.replace(address('onnx/weights.bin'), randomBytes(weights.length))
    later(31)
    await pass()
    expect(await state()).toMatchObject({ state: 'paused', failure: { reason: 'models.corrupted' } })
    server.replace(address('onnx/weights.bin'), weights)
    later(60 * 60)
    await pass()
    expect(await isWhole()).toBe(true)
  })

  it('pauses longer after each attempt that brought nothing, and shortest again after one that did', async () => {
    const pauseSeconds = async () =>
      (new Date((await state())?.failure?.nextAttemptAt ?? 0).getTime() - now.getTime()) / 1000
    server.faults.push({ status: 503 }, { status: 500 })
    await pass()
    expect(await pauseSeconds()).toBe(30)
    await pass()
    expect(server.requests).toHaveLength(1)
    later(31)
    await pass()
    expect(await pauseSeconds()).toBe(60)
    later(61)
    await brokenPass()
    expect(await pauseSeconds()).toBe(30)
    later(31)
    server.faults.push({ status: 503 })
    await pass()
    expect(await pauseSeconds()).toBe(60)
  })
})

describe('a file that is not the one in the list', () => {
  it.each([
    ['corrupt', 'models.corrupted'],
    ['other size', 'models.changed'],
    ['more than announced', 'models.changed'],
  ] as const)('"%s" is removed and never used', async (fault, reason) => {
    server.faults.push(fault)
    await pass()
    expect(await state()).toMatchObject({ state: 'paused', receivedBytes: 0, failure: { reason } })
    later(31 * 60)
    await pass()
    expect(await isWhole()).toBe(true)
  })
})

describe('a server that does not give the file', () => {
  it.each([
    [{ status: 404 }, 'models.not_found'],
    [{ status: 401 }, 'models.not_found'],
    [{ status: 503 }, 'models.busy'],
    [{ status: 429, headers: { 'retry-after': '600' } }, 'models.busy'],
  ] as const)('%j is told apart', async (fault, reason) => {
    server.faults.push(fault)
    await pass()
    expect(await state()).toMatchObject({ state: 'paused', failure: { reason } })
  })

  it('is told apart when it does not answer at all', async () => {
    server.faults.push('stall immediately')
    await pass(settings(), 50)
    expect(await state()).toMatchObject({ state: 'paused', failure: { reason: 'models.stalled' } })
  })

  it('is not asked again before the time it named', async () => {
    server.faults.push({ status: 429, headers: { 'retry-after': '600' } })
    await pass()
    later(599)
    await pass()
    expect(server.requests).toHaveLength(1)
    later(2)
    await pass()
    expect(await state()).toMatchObject({ state: 'ready' })
  })

  it('is told apart from no network', async () => {
    const gone = await startModelServer({})
    await gone.stop()
    await pass({ ...settings(), SELAH_MODELS_MIRROR: gone.url })
    expect(await state()).toMatchObject({ failure: { reason: 'models.unreachable' } })
  })
})

test('a model is not downloaded onto a full disk', async () => {
  await pass(settings({ reserveMb: 1e9 }))
  expect(await state()).toMatchObject({ state: 'paused', failure: { reason: 'models.disk_full' } })
  expect(server.requests).toEqual([])
})

test('a folder that cannot be written to does not stop the job', async () => {
  await writeFile(path.join(dir, 'tiny'), 'a file in the place of the folder')
  await expect(pass()).resolves.toBeUndefined()
  expect(await state()).toMatchObject({ state: 'waiting' })
})

test('a stop ends a download at once and leaves what has arrived for the next start', async () => {
  server.faults.push('stall')
  const stop = new AbortController()
  const running = downloadModels({ env: settings(), now: () => now }, { signal: stop.signal })
  await vi.waitFor(async () => expect((await state())?.receivedBytes).toBeGreaterThan(0), { timeout: 60_000 })
  stop.abort()
  await expect(running).rejects.toThrow()
  expect(await state()).toMatchObject({ state: 'downloading', failure: null })
  await pass()
  expect(server.requests[1]?.range).toMatch(/^bytes=/)
  expect(await isWhole()).toBe(true)
})

test('an older revision is removed once the new one is there', async () => {
  await pass()
  const newer = { ...model, revision: 'fedcba9' }
  await writeFile(path.join(dir, 'newer.json'), JSON.stringify([newer]))
  server.replace('/selah/tiny/resolve/fedcba9/onnx/weights.bin', weights)
  server.replace('/selah/tiny/resolve/fedcba9/tokens.json', tokens)
  await pass({ ...settings(), SELAH_MODELS_MANIFEST: path.join(dir, 'newer.json') })
  expect(await readdir(path.join(dir, 'tiny'))).toEqual(['fedcba9'])
})
