import { execFile } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type RunningSelah, startSelah } from '#harness/start-selah.ts'
import { buildWeb } from '../../scripts/build/build-web.ts'

const root = path.resolve(import.meta.dirname, '../..')
const owner = { SELAH_OWNER_EMAIL: 'owner@selah.test', SELAH_OWNER_PASSWORD: 'a long enough password' }
const isRoot = process.getuid?.() === 0

vi.setConfig({ testTimeout: 420_000, hookTimeout: 600_000 })

let folder: string
let running: RunningSelah | undefined

beforeAll(async () => {
  await buildWeb(root)
  folder = await mkdtemp(path.join(tmpdir(), 'selah-drop-root-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  await running?.stop()
  running = undefined
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function start(dataDir: string, env: Record<string, string>): Promise<RunningSelah> {
  running = await startSelah({ dataDir, env: { SELAH_SAMPLES: '0', ...owner, ...env } })
  return running
}

/** The user ids of all services of a running Selah. */
function usersOf(dataDir: string): number[] {
  const recorded = z
    .array(z.object({ pid: z.number() }))
    .parse(JSON.parse(readFileSync(path.join(dataDir, 'processes.json'), 'utf8')))
  return recorded.map(({ pid }) =>
    Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]),
  )
}

/** What in a folder does not belong to the user. Links are not followed: one leads to the packages of the project. */
function findOthers(folder: string, user: number | undefined): string[] {
  return readdirSync(folder).flatMap((name) => {
    const entry = path.join(folder, name)
    const found = lstatSync(entry, { throwIfNoEntry: false })
    const below = found?.isDirectory() ? findOthers(entry, user) : []
    return found && found.uid !== user ? [entry, ...below] : below
  })
}

const canSignIn = async ({ url }: RunningSelah) => {
  const body = JSON.stringify({ email: owner.SELAH_OWNER_EMAIL, password: owner.SELAH_OWNER_PASSWORD })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${url}/api/v1/login`, { method: 'POST', headers, body })).ok
}

describe('Selah that root starts', () => {
  test('runs as an ordinary user, with the data that it had as root', async ({ skip }) => {
    skip(!isRoot, 'only root can become another user')
    const dataDir = path.join(folder, 'data')
    const asRoot = await start(dataDir, { SELAH_USER: 'root' })
    expect(new Set(usersOf(dataDir))).toEqual(new Set([0]))
    expect(asRoot.output()).toContain('Selah runs as root, because SELAH_USER is root.')
    await asRoot.stop()

    const dropped = await start(dataDir, {})
    expect(await canSignIn(dropped)).toBe(true)
    const [user] = usersOf(dataDir)
    expect(user).toBeGreaterThan(0)
    expect(new Set(usersOf(dataDir))).toEqual(new Set([user]))
    expect(findOthers(dataDir, user)).toEqual([])
    await dropped.stop()
    expect(existsSync(path.join(dataDir, 'supervisor.lock'))).toBe(false)

    const again = await start(dataDir, {})
    expect(await canSignIn(again)).toBe(true)
    expect(new Set(usersOf(dataDir))).toEqual(new Set([user]))
  })

  test('stays root, and says why, where an ordinary user could not run it', async ({ skip }) => {
    skip(!isRoot, 'only root can become another user')
    const closed = path.join(folder, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const shared = path.join(folder, 'shared')
    await mkdir(shared)
    await writeFile(path.join(shared, 'letter.txt'), 'not of Selah')
    expect(await drop({ SELAH_DATA_DIR: path.join(closed, 'data') })).toMatchObject({
      uid: 0,
      runsAs: expect.stringContaining(`cannot open ${closed};`),
    })
    expect(await drop({ SELAH_DATA_DIR: shared })).toMatchObject({
      uid: 0,
      runsAs: expect.stringContaining('also contains letter.txt'),
    })
    expect(lstatSync(shared).uid).toBe(0)
    expect(lstatSync(path.join(shared, 'letter.txt')).uid).toBe(0)
    const first = Number(await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'))
    const dataDir = path.join(folder, 'ports')
    expect(await drop({ SELAH_DATA_DIR: dataDir, PORT: String(Math.max(1, first - 1)) })).toMatchObject({
      uid: first > 1 ? 0 : expect.any(Number),
    })
  })

  test('becomes the user that SELAH_USER or the data folder names', async ({ skip }) => {
    skip(!isRoot, 'only root can become another user')
    const dataDir = path.join(folder, 'named')
    expect(await drop({ SELAH_DATA_DIR: dataDir, SELAH_USER: 'nobody' })).toMatchObject({ uid: 65_534 })
    expect(await drop({ SELAH_DATA_DIR: dataDir })).toEqual({ uid: 65_534, runsAs: 'user 65534' })
    await expect(drop({ SELAH_DATA_DIR: dataDir, SELAH_USER: 'no-such-user' })).resolves.toMatchObject({
      uid: 65_534,
    })
    await expect(
      drop({ SELAH_DATA_DIR: path.join(folder, 'other'), SELAH_USER: 'no-such-user' }),
    ).rejects.toThrow('there is no user no-such-user')
  })
})

/** Drops root in a process of its own; returns who it is then. */
async function drop(environment: Record<string, string>): Promise<unknown> {
  const script = `
    const { dropRoot } = await import('./local/supervisor/drop-root.ts')
    const { readSupervisorSettings } = await import('./local/supervisor/read-supervisor-settings.ts')
    const settings = readSupervisorSettings(process.env, { root: process.cwd(), dev: false })
    const runsAs = dropRoot(settings, {})
    console.log(JSON.stringify({ uid: process.getuid(), runsAs }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    env: { NODE_ENV: 'production', SELAH_MODELS: 'off', ...environment },
  })
  return JSON.parse(stdout)
}
