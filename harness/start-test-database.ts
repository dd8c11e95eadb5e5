import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { constants, cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { applyMigrations } from '#lib/db/apply-migrations.ts'
import { withLock } from '../local/locks/lock-file.mjs'

export interface MigrationSource {
  directory: string
  table: string
}

export interface TestDatabase {
  connectionString: string
  /** Kills the database and removes its files. */
  stop(): Promise<void>
}

export interface RunningDatabase {
  child: ChildProcess
  port: number
  connectionString: string
}

const root = resolve(import.meta.dirname, '..')
const bases = join(root, '.cache/test-database')
const startLimitMs = 60_000
const unusedBaseMs = 3 * 24 * 60 * 60 * 1000

/** The migrations of this repository, in the order in which a new machine applies them. */
export const allMigrations: MigrationSource[] = [
  { directory: join(root, 'local/supabase/migrations'), table: 'selah.platform_migrations' },
  { directory: join(root, 'supabase/migrations'), table: 'selah.schema_migrations' },
  { directory: join(root, 'local/trigger/migrations'), table: 'selah.engine_migrations' },
]

/**
 * Starts a database for one test file, with its own process, folder and port. It is copied from a base with every
 * migration (or those given; `[]` for none), which is rebuilt only when a migration changes.
 */
export async function startTestDatabase(
  options: { migrations?: MigrationSource[]; environment?: Record<string, string> } = {},
): Promise<TestDatabase> {
  const directory = await copyTestDatabase(options.migrations)
  const { child, connectionString } = await startDatabase(directory, options.environment)
  return {
    connectionString,
    async stop() {
      await endProcess(child, 'SIGKILL')
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/**
 * Creates a folder, by default a temporary one, with a migrated database that no process has opened; the caller
 * removes it.
 */
export async function copyTestDatabase(
  migrations: MigrationSource[] = allMigrations,
  folder?: string,
): Promise<string> {
  const base = await findBase(migrations.filter((source) => existsSync(source.directory)))
  const directory = folder ?? (await mkdtemp(join(tmpdir(), 'selah-test-database-')))
  cpSync(base, directory, { recursive: true, mode: constants.COPYFILE_FICLONE })
  return directory
}

/** Starts the embedded database on a folder and waits until it is ready. Rejects with its output if it ends. */
export async function startDatabase(
  directory: string,
  environment: Record<string, string> = {},
): Promise<RunningDatabase> {
  const password = environment.SELAH_DATABASE_PASSWORD ?? randomBytes(16).toString('hex')
  const child = fork(join(root, 'local/database/main.ts'), [], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      SELAH_DATABASE_DIR: directory,
      SELAH_DATABASE_PORT: '0',
      // A test needs no safety against a power failure.
      SELAH_DATABASE_FSYNC: '0',
      ...environment,
      SELAH_DATABASE_PASSWORD: password,
    },
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = once(child, 'close').then(([code, signal]) => {
    throw new Error(`The database ended before it was ready (${signal ?? code}): ${output.trim()}`)
  })
  const late = delay(startLimitMs, null, { ref: false }).then(() => {
    throw new Error(`The database was not ready after ${startLimitMs} ms: ${output.trim()}`)
  })
  const ready = once(child, 'message').then(([message]: { port: number }[]) => message?.port ?? 0)
  const port = await Promise.race([ready, ended, late])
  ended.catch(() => undefined)
  late.catch(() => undefined)
  return { child, port, connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` }
}

/** Signals the process and waits until it has ended. */
export async function endProcess(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}

async function findBase(sources: MigrationSource[]): Promise<string> {
  const base = join(bases, hashSources(sources))
  await mkdir(bases, { recursive: true })
  if (!existsSync(base)) {
    await withLock(`${base}.building`, async () => {
      if (!existsSync(base)) await buildBase(base, sources)
      await removeUnused(base)
    })
  }
  await utimes(base, new Date(), new Date())
  return base
}

async function buildBase(base: string, sources: MigrationSource[]): Promise<void> {
  const draft = `${base}.${randomBytes(6).toString('hex')}`
  try {
    const { child, connectionString } = await startDatabase(draft)
    try {
      for (const { directory, table } of sources)
        await applyMigrations({ connectionString, directory, table })
    } finally {
      await endProcess(child, 'SIGTERM')
    }
    await rename(draft, base)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(base)) throw error
  }
}

function hashSources(sources: MigrationSource[]): string {
  const hash = createHash('sha256').update(
    readFileSync(join(root, 'node_modules/@electric-sql/pglite/package.json')),
  )
  for (const { directory, table } of sources) {
    hash.update(`\0${table}`)
    for (const name of readdirSync(directory).sort()) {
      if (name.endsWith('.sql')) hash.update(`\0${name}\0`).update(readFileSync(join(directory, name)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

async function removeUnused(current: string): Promise<void> {
  for (const name of readdirSync(bases)) {
    const path = join(bases, name)
    if (path === current || !existsSync(path)) continue
    if (Date.now() - statSync(path).mtimeMs > unusedBaseMs) await rm(path, { recursive: true, force: true })
  }
}
