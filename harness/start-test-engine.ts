import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { buildTestTasks } from '#harness/build-test-tasks.ts'
import { endProcess, startTestDatabase } from '#harness/start-test-database.ts'
import { findFreePort } from './ports.ts'

const root = resolve(import.meta.dirname, '..')

export interface TestEngine {
  apiUrl: string
  secretKey: string
  /** The folder of the builds and packets. */
  directory: string
  /** Everything that the engine and its run workers have printed so far. */
  output(): string
  /** Kills the engine, without any clean-up. */
  kill(): Promise<void>
  /** Ends the engine in the way its supervisor does. */
  end(): Promise<void>
  /** Starts the engine again on the same database, folder and port after `kill` or `end`. */
  restart(): Promise<void>
  /** Ends the engine, and the database if it was started here. */
  stop(): Promise<void>
}

/**
 * Starts the job engine as a separate process for one test file, on a new database unless one is given,
 * with the tasks of `projectDir` (by default those of the contract tests).
 */
export async function startTestEngine(
  options: { connectionString?: string; projectDir?: string; environment?: Record<string, string> } = {},
): Promise<TestEngine> {
  const database = options.connectionString ? undefined : await startTestDatabase()
  const connectionString = options.connectionString ?? database?.connectionString ?? ''
  const directory = await mkdtemp(join(tmpdir(), 'selah-test-engine-'))
  const projectDir = options.projectDir ?? join(root, 'test/contract/jobs')
  // A project outside of the repository belongs to one test, which may change its tasks.
  const isShared = !relative(root, projectDir).startsWith('..')
  const built = isShared ? { SELAH_TRIGGER_BUILT_DIR: (await buildTestTasks(projectDir)).builtDir } : {}
  const secretKey = `tr_dev_${randomBytes(18).toString('hex')}`
  const port = await findFreePort()
  const apiUrl = `http://127.0.0.1:${port}`
  let printed = ''
  let child: ChildProcess

  async function start() {
    child = fork(join(root, 'local/trigger/main.ts'), [], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        DATABASE_URL: connectionString,
        SELAH_TRIGGER_PORT: String(port),
        SELAH_TRIGGER_DIR: directory,
        SELAH_TRIGGER_PROJECT_DIR: projectDir,
        ...built,
        TRIGGER_SECRET_KEY: secretKey,
        TRIGGER_API_URL: apiUrl,
        ...options.environment,
      },
    })
    const collect = (chunk: Buffer) => {
      printed += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    const ended = once(child, 'close').then(([code, signal]) => {
      throw new Error(`The engine ended before it was ready (${signal ?? code}): ${printed.trim()}`)
    })
    await Promise.race([once(child, 'message'), ended])
    ended.catch(() => undefined)
  }

  await start()
  return {
    apiUrl,
    secretKey,
    directory,
    output: () => printed,
    kill: () => endProcess(child, 'SIGKILL'),
    end: () => endProcess(child, 'SIGTERM'),
    restart: start,
    async stop() {
      await endProcess(child, 'SIGTERM')
      await database?.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
