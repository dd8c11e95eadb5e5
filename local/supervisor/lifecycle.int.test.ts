import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type RunningSelah, startSelah } from '#harness/start-selah.ts'
import { buildWeb } from '../../scripts/build/build-web.ts'
import { isRunning, type ProcessIdentity, processStart } from '../locks/identify-process.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const services = ['database', 'gateway', 'trigger', 'web']
const env = { SELAH_SAMPLES: '0' }

// A busy machine may be slow; these tests check the result, not the time.
vi.setConfig({ testTimeout: 420_000, hookTimeout: 60_000 })

let dataDir: string
let running: RunningSelah[]
let npm: ChildProcessByStdio<null, Readable, null> | undefined

// One data folder for all tests, so that every start also shows that Selah recovers from the previous test.
beforeAll(async () => {
  await buildWeb(root)
  dataDir = await mkdtemp(path.join(tmpdir(), 'selah-lifecycle-'))
}, 600_000)
afterAll(() => rm(dataDir, { recursive: true, force: true }))
beforeEach(() => {
  running = []
  npm = undefined
})
afterEach(async () => {
  if (npm && npm.exitCode === null && npm.signalCode === null) {
    npm.kill('SIGTERM')
    await once(npm, 'close')
  }
  for (const selah of running) await selah.stop()
})

async function start(): Promise<RunningSelah> {
  const selah = await startSelah({ dataDir, env })
  running.push(selah)
  return selah
}

function readRecord(): Map<string, ProcessIdentity> {
  const list = z
    .array(z.object({ name: z.string(), pid: z.number(), start: z.string() }))
    .parse(JSON.parse(readFileSync(path.join(dataDir, 'processes.json'), 'utf8')))
  return new Map(list.map((entry) => [entry.name, entry]))
}

async function waitFor(what: string, condition: () => boolean | Promise<boolean>, withinMs = 60_000) {
  const deadline = Date.now() + withinMs
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await delay(50)
  }
}

const isHealthy = (url: string) =>
  fetch(`${url}/api/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ status }) => status === 200,
    () => false,
  )
const isClosed = (url: string) =>
  fetch(url).then(
    () => false,
    () => true,
  )

test('SIGTERM stops every process, closes the port and frees the data folder', async () => {
  const selah = await start()
  expect(selah.readyLine).toMatch(/^Selah is ready/)
  expect(await isHealthy(selah.url)).toBe(true)
  const processes = [...readRecord().values()]
  expect([...readRecord().keys()]).toEqual(expect.arrayContaining(services))
  expect(existsSync(path.join(dataDir, 'runtime.json'))).toBe(true)

  expect(await selah.stop()).toBe(0)
  expect(processes.filter(isRunning)).toEqual([])
  expect(await isClosed(selah.url)).toBe(true)
  for (const file of ['supervisor.lock', 'processes.json', 'runtime.json']) {
    expect(existsSync(path.join(dataDir, file)), file).toBe(false)
  }
})

test('a second start on the same data folder is refused and leaves the first one running', async () => {
  const selah = await start()
  await expect(start()).rejects.toThrow(/already running on the data folder/)
  expect(await isHealthy(selah.url)).toBe(true)
})

test('a start on a busy port is refused and leaves no lock', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    await expect(startSelah({ dataDir, env: { ...env, PORT: String(port) } })).rejects.toThrow(
      `Port ${port} is used by another program`,
    )
    expect(existsSync(path.join(dataDir, 'supervisor.lock'))).toBe(false)
  } finally {
    server.close()
  }
})

test('each killed service is restarted, and the others keep running', async () => {
  const selah = await start()
  for (const name of services) {
    const before = readRecord()
    const victim = before.get(name)
    process.kill(victim?.pid ?? 0, 'SIGKILL')
    await waitFor(`${name} is started again`, () => {
      const after = readRecord().get(name)
      return after !== undefined && after.pid !== victim?.pid && isRunning(after)
    })
    await waitFor(`healthy after the end of ${name}`, () => isHealthy(selah.url))
    const after = readRecord()
    for (const other of services.filter((service) => service !== name)) {
      expect(after.get(other)?.pid, `${other} after the end of ${name}`).toBe(before.get(other)?.pid)
    }
  }
})

test('when the supervisor is killed its services exit, and the next start succeeds', async () => {
  const selah = await start()
  const processes = [...readRecord().values()]
  selah.child.kill('SIGKILL')
  await waitFor('the services have exited', () => processes.every((process) => !isRunning(process)), 15_000)
  await waitFor('the port is closed', () => isClosed(selah.url))
  await start()
})

test('the next start succeeds after every process was killed', async () => {
  const selah = await start()
  const processes = [...readRecord().values()]
  selah.child.kill('SIGKILL')
  for (const { pid } of processes) process.kill(pid, 'SIGKILL')
  await selah.ended
  const again = await start()
  expect(await isHealthy(again.url)).toBe(true)
})

test('SIGTERM to npm leaves no process and no open port', async ({ skip }) => {
  const installed = existsSync(path.join(root, 'node_modules/.selah-install'))
  skip(!installed, 'npm start would install the packages, because they were installed in another way')
  npm = spawn('npm', ['start'], {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      PORT: '0',
      SELAH_DATA_DIR: dataDir,
      SELAH_ENV_FILES: '0',
      SELAH_NO_APT: '1',
      SELAH_MODELS: 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  npm.stdout.on('data', (chunk) => {
    output += chunk
  })
  const ended = once(npm, 'close')
  await waitFor('ready under npm', () => /Selah is ready/.test(output), 240_000)
  const processes = [...readRecord().values()]
  const { url, pid } = JSON.parse(readFileSync(path.join(dataDir, 'runtime.json'), 'utf8'))
  processes.push({ pid, start: processStart(pid) ?? '' })

  npm.kill('SIGTERM')
  await ended
  await waitFor('no process is left', () => processes.every((process) => !isRunning(process)), 10_000)
  expect(await isClosed(url)).toBe(true)
})
