import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { findFreePort } from './ports.ts'
import { endProcess, startTestDatabase } from './start-test-database.ts'

export interface PlainPostgres {
  /** Connects as an ordinary role: it is named `selah`, owns one database and has an unusual search_path. */
  connectionString: string
  stop(): Promise<void>
}

export interface PlainServer {
  name: string
  start(): Promise<PlainPostgres>
}

const installations = '/usr/lib/postgresql'
const extensions = (version: string) => `/usr/share/postgresql/${version}/extension/vector.control`
const startLimitMs = 60_000
const searchPath = '"$user",odd,public'
/** Postgres refuses to run as root. */
const nobody = 65_534

/** What the administrator of a shared server does for an application: extensions, a role, its database. */
const preparations = ['create schema odd', 'create extension vector', 'create extension pg_trgm']

/**
 * The servers on which an ordinary role is tested: the embedded database, and each Postgres that is installed on this
 * machine as Debian does it, together with pgvector.
 */
export const plainServers: PlainServer[] = [
  { name: 'the embedded database', start: startEmbedded },
  ...findVersions().map((version) => ({
    name: `Postgres ${version}`,
    start: () => startInstalled(path.join(installations, version, 'bin')),
  })),
]

function findVersions(): string[] {
  if (!existsSync(installations)) return []
  return readdirSync(installations)
    .filter((version) => existsSync(path.join(installations, version, 'bin', 'initdb')))
    .filter((version) => existsSync(extensions(version)))
    .toSorted((one, other) => Number(one) - Number(other))
}

/** An embedded server has no logins, so the connection takes the role. */
async function startEmbedded(): Promise<PlainPostgres> {
  const database = await startTestDatabase({ migrations: [] })
  await execute(database.connectionString, [
    ...preparations,
    'create role selah login',
    'alter database postgres owner to selah',
    'alter schema odd owner to selah',
  ])
  const url = new URL(database.connectionString)
  url.searchParams.set('options', `-c role=selah -c search_path=${searchPath}`)
  return { connectionString: url.href, stop: database.stop }
}

async function startInstalled(bin: string): Promise<PlainPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-plain-postgres-'))
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid)
  const administrator = randomBytes(16).toString('hex')
  const password = randomBytes(16).toString('hex')
  const passwordFile = path.join(folder, 'password')
  await writeFile(passwordFile, administrator)
  await chmod(passwordFile, 0o644)
  const data = path.join(folder, 'data')
  const settings = ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile]
  const locale = ['-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  await promisify(execFile)(path.join(bin, 'initdb'), [...settings, ...locale], { cwd: folder, ...user })

  const port = await findFreePort()
  const addresses = ['-h', '127.0.0.1', '-p', String(port), '-k', '']
  const child = spawn(path.join(bin, 'postgres'), ['-D', data, '-F', ...addresses], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  })
  const stop = async () => {
    await endProcess(child, 'SIGINT')
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const address = (user: string, secret: string, database: string) =>
      `postgres://${user}:${secret}@127.0.0.1:${port}/${database}`
    await waitUntilReady(child, address('postgres', administrator, 'postgres'))
    await execute(address('postgres', administrator, 'postgres'), [
      `create role selah login password '${password}'`,
      `alter role selah set search_path to ${searchPath}`,
      'create database church owner selah',
    ])
    await execute(address('postgres', administrator, 'church'), [
      ...preparations,
      'alter schema odd owner to selah',
    ])
    return { connectionString: address('selah', password, 'church'), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function waitUntilReady(child: ChildProcess, connectionString: string): Promise<void> {
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  for (const deadlineMs = Date.now() + startLimitMs; ; await delay(50)) {
    const failure = await execute(connectionString, ['select 1']).then(
      () => null,
      (error: unknown) => error,
    )
    if (failure === null) return
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      throw new Error(`Postgres did not start: ${output.trim()}`, { cause: failure })
    }
  }
}

async function execute(connectionString: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
