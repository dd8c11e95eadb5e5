/**
 * Measures the cost of the gateway in front of the embedded database, compared with the same session used in process
 * and, if a `postgres` program is on the path, with a Postgres server.
 *
 *   npm run bench -- database [--json]
 */

import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import { Client, Pool } from 'pg'
import { findFreePort } from '#harness/ports.ts'

interface Row {
  target: string
  measure: string
  p50: number
  p95: number
  unit: string
}

type Query = (text: string, values?: unknown[]) => Promise<unknown>

const repeats = 1_500
const password = 'only for this measurement'
const rows: Row[] = []

const folder = await mkdtemp(join(tmpdir(), 'selah-bench-database-'))
try {
  await benchInProcess()
  await benchGateway('gateway', '1')
  await benchGateway('gateway, no fsync', '0')
  await benchServer()
} finally {
  await rm(folder, { recursive: true, force: true })
}
report()

async function benchInProcess(): Promise<void> {
  const startedMs = performance.now()
  const db = await PGlite.create(join(folder, 'in-process'))
  add('in process', 'first start', [performance.now() - startedMs])
  await benchQueries('in process', (text, values) => db.query(text, values))
  await db.close()
}

async function benchGateway(target: string, fsync: string): Promise<void> {
  const directory = join(folder, `gateway-${fsync}`)
  const first = await startGateway(directory, fsync)
  add(target, 'first start', [first.tookMs])
  await benchConnections(target, first.connectionString)
  await benchProcessorTime(target, first)
  rows.push({
    target,
    measure: 'memory after load',
    p50: memoryMb(first.child),
    p95: memoryMb(first.child),
    unit: 'MB',
  })
  const reopenings: number[] = []
  let child = first.child
  for (let turn = 0; turn < 3; turn += 1) {
    await end(child, 'SIGKILL')
    const again = await startGateway(directory, fsync)
    reopenings.push(again.tookMs)
    child = again.child
  }
  add(target, 'start after kill -9', reopenings)
  const closingMs = performance.now()
  await end(child, 'SIGTERM')
  add(target, 'stop', [performance.now() - closingMs])
  const warm = await startGateway(directory, fsync)
  add(target, 'start', [warm.tookMs])
  await end(warm.child, 'SIGKILL')
}

/** Measures processor time, on which other load on the machine has little effect. */
async function benchProcessorTime(
  target: string,
  gateway: { child: ChildProcess; connectionString: string },
): Promise<void> {
  const client = new Client({ connectionString: gateway.connectionString })
  await client.connect()
  const measures = {
    'processor time per select': 'select id, text from bench where id = $1',
    'processor time per update': 'update bench set at = now() where id = $1',
  }
  for (const [measure, sql] of Object.entries(measures)) {
    const before = processorMs(gateway.child)
    for (let turn = 0; turn < repeats; turn += 1) await client.query(sql, [turn + 1])
    const each = (processorMs(gateway.child) - before) / repeats
    rows.push({ target, measure, p50: each, p95: each, unit: 'ms' })
  }
  await client.end()
}

async function startGateway(
  directory: string,
  fsync: string,
): Promise<{ child: ChildProcess; connectionString: string; tookMs: number }> {
  const startedMs = performance.now()
  const child = fork(join(import.meta.dirname, '../../local/database/main.ts'), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      SELAH_DATABASE_DIR: directory,
      SELAH_DATABASE_PORT: '0',
      SELAH_DATABASE_PASSWORD: password,
      SELAH_DATABASE_FSYNC: fsync,
    },
  })
  const [message]: { port: number }[] = await once(child, 'message')
  const tookMs = performance.now() - startedMs
  const secret = encodeURIComponent(password)
  return {
    child,
    tookMs,
    connectionString: `postgres://postgres:${secret}@127.0.0.1:${message?.port}/postgres`,
  }
}

async function benchServer(): Promise<void> {
  const target = 'Postgres server'
  const binaries = serverBinaries()
  if (binaries === null) return
  const directory = join(folder, 'server')
  await mkdir(directory)
  const user = await serverUser(directory)
  const data = join(directory, 'data')
  execFileSync(join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust'], {
    stdio: 'ignore',
    ...user,
  })
  const port = await findFreePort()
  const startedMs = performance.now()
  const server = spawn(
    join(binaries, 'postgres'),
    ['-D', data, '-p', String(port), '-k', directory, '-h', '127.0.0.1'],
    {
      stdio: 'ignore',
      ...user,
    },
  )
  try {
    const connectionString = `postgres://postgres@127.0.0.1:${port}/postgres`
    await waitForServer(connectionString)
    add(target, 'start', [performance.now() - startedMs])
    await benchConnections(target, connectionString)
  } finally {
    await end(server, 'SIGTERM')
  }
}

async function benchConnections(target: string, connectionString: string): Promise<void> {
  const pool = new Pool({ connectionString, max: 8 })
  const client = new Client({ connectionString })
  await client.connect()
  await benchQueries(target, (text, values) => client.query(text, values))
  await client.end()

  const startedMs = performance.now()
  const together = repeats * 2
  const times: number[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < together) {
        next += 1
        const requestedAtMs = performance.now()
        await pool.query('select id, text from bench where id = $1', [1 + (next % repeats)])
        times.push(performance.now() - requestedAtMs)
      }
    }),
  )
  const perSecond = Math.round((together / (performance.now() - startedMs)) * 1_000)
  add(target, 'select, 8 clients at once', times)
  rows.push({ target, measure: 'selects per second, 8 clients', p50: perSecond, p95: perSecond, unit: '/s' })
  await pool.end()

  const logins: number[] = []
  for (let turn = 0; turn < 30; turn += 1) {
    const one = new Client({ connectionString })
    const requestedAtMs = performance.now()
    await one.connect()
    logins.push(performance.now() - requestedAtMs)
    await one.end()
  }
  add(target, 'connect', logins)
}

async function benchQueries(target: string, query: Query): Promise<void> {
  await query(
    'create table bench (id int generated always as identity primary key, text text not null, at timestamptz)',
  )
  const text = 'x'.repeat(200)
  add(target, 'insert', await time(() => query('insert into bench (text, at) values ($1, now())', [text])))
  add(
    target,
    'select by key',
    await time((turn) => query('select id, text from bench where id = $1', [turn + 1])),
  )
  add(target, 'select 200 rows', await time(() => query('select id, text, at from bench limit 200'), 300))
  add(target, 'transaction of 4', await time((turn) => transaction(query, turn), 300))
}

async function transaction(query: Query, turn: number): Promise<void> {
  await query('begin')
  await query('select text from bench where id = $1 for update', [turn + 1])
  await query('update bench set at = now() where id = $1', [turn + 1])
  await query('commit')
}

async function time(work: (turn: number) => Promise<unknown>, times = repeats): Promise<number[]> {
  const measured: number[] = []
  for (let turn = 0; turn < times; turn += 1) {
    const startedMs = performance.now()
    await work(turn)
    measured.push(performance.now() - startedMs)
  }
  return measured
}

function add(target: string, measure: string, timesMs: number[]): void {
  const sorted = timesMs.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  rows.push({ target, measure, p50: at(0.5), p95: at(0.95), unit: 'ms' })
}

function report(): void {
  const machine = { cpus: availableParallelism(), load: loadavg().map((value) => Number(value.toFixed(1))) }
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify({ machine, rows }))
    return
  }
  console.log(`${machine.cpus} processors, load ${machine.load.join(' ')}\n`)
  for (const measure of new Set(rows.map((row) => row.measure))) {
    console.log(measure)
    for (const row of rows.filter((one) => one.measure === measure)) {
      const spread = row.p50 === row.p95 ? '' : `   p95 ${format(row.p95)}`
      console.log(`  ${row.target.padEnd(20)} ${format(row.p50)} ${row.unit}${spread}`)
    }
  }
}

function format(value: number): string {
  return (value < 100 ? value.toFixed(2) : value.toFixed(0)).padStart(9)
}

function processorMs(child: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticksPerSecond = 100
  return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1_000
}

function memoryMb(child: ChildProcess): number {
  if (process.platform !== 'linux') return Number.NaN
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))
  return Math.round(Number(match?.[1]) / 1024)
}

/** Returns the folder of initdb and postgres, if `postgres` is on the path. */
function serverBinaries(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((one) => one !== '')
  const found = folders.map((one) => join(one, 'postgres')).find((path) => existsSync(path))
  // Debian puts only links on the path, but initdb looks for its files in its own folder.
  return found === undefined ? null : dirname(realpathSync(found))
}

/** Returns the user of the server: a Postgres server refuses to run as root. */
async function serverUser(directory: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {}
  const nobody = 65_534
  await chown(folder, nobody, nobody)
  await chown(directory, nobody, nobody)
  return { uid: nobody, gid: nobody }
}

async function waitForServer(connectionString: string): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const client = new Client({ connectionString })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await delay(20)
    }
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
