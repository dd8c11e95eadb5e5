import { type ChildProcess, fork } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { allMigrations, endProcess, startTestDatabase } from '#harness/start-test-database.ts'
import { findFreePort } from './ports.ts'

export interface TestGateway {
  /** SUPABASE_URL: the address of auth, storage and the web server. */
  url: string
  publishableKey: string
  secretKey: string
  connectionString: string
  storageDirectory: string
  /** Kills the process. */
  kill(): Promise<void>
  /** Starts it again on the same port, folder and keys. */
  start(): Promise<void>
  /** Ends it and removes everything that it stored, and its database unless one was given. */
  stop(): Promise<void>
}

const root = resolve(import.meta.dirname, '..')
const startLimitMs = 60_000

/**
 * Starts the gateway with local auth and storage on a free port, with its own keys and folder. It
 * gets a new database with the platform's migrations unless `connectionString` is given.
 */
export async function startTestGateway(
  options: { connectionString?: string; webPort?: number; environment?: Record<string, string> } = {},
): Promise<TestGateway> {
  const database =
    options.connectionString === undefined
      ? await startTestDatabase({ migrations: allMigrations.slice(0, 1) })
      : undefined
  const connectionString = options.connectionString ?? database?.connectionString ?? ''
  const storageDirectory = await mkdtemp(join(tmpdir(), 'selah-test-storage-'))
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const publishableKey = `sb_publishable_${randomBytes(12).toString('hex')}`
  const secretKey = `sb_secret_${randomBytes(12).toString('hex')}`
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const env = {
    ...process.env,
    PORT: String(port),
    SELAH_HOST: '127.0.0.1',
    SELAH_WEB_PORT: String(options.webPort ?? (await findFreePort())),
    DATABASE_URL: connectionString,
    SELAH_STORAGE_DIR: storageDirectory,
    SELAH_AUTH_JWK: JSON.stringify(privateKey.export({ format: 'jwk' })),
    SELAH_STORAGE_JWT_SECRET: randomBytes(32).toString('hex'),
    SELAH_AUTH_RATE_LIMITS: 'off',
    SUPABASE_URL: url,
    SUPABASE_PUBLISHABLE_KEY: publishableKey,
    SUPABASE_SECRET_KEY: secretKey,
    SITE_URL: url,
    ...options.environment,
  }

  let child = await startProcess(env)
  return {
    url,
    publishableKey,
    secretKey,
    connectionString,
    storageDirectory,
    kill: () => endProcess(child, 'SIGKILL'),
    async start() {
      child = await startProcess(env)
    },
    async stop() {
      await endProcess(child, 'SIGTERM')
      await database?.stop()
      await rm(storageDirectory, { recursive: true, force: true })
    },
  }
}

async function startProcess(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = fork(join(root, 'local/gateway/main.ts'), [], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (process.env.SELAH_TEST_VERBOSE) process.stderr.write(chunk)
  })
  const ready = once(child, 'message')
  const ended = once(child, 'close').then(([code, signal]) => {
    throw new Error(`The gateway ended before it was ready (${signal ?? code}): ${output.trim()}`)
  })
  const late = delay(startLimitMs, null, { ref: false }).then(() => {
    throw new Error(`The gateway was not ready after ${startLimitMs} ms: ${output.trim()}`)
  })
  ended.catch(() => undefined)
  late.catch(() => undefined)
  await Promise.race([ready, ended, late])
  return child
}
