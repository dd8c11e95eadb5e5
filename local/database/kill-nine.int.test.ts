import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { endProcess, type RunningDatabase, startDatabase } from '#harness/start-test-database.ts'

const rounds = 10
const environment = { SELAH_DATABASE_PASSWORD: 'unchanged between starts' }

let directory: string
let running: RunningDatabase | null = null

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'selah-kill-nine-'))
})

afterAll(async () => {
  if (running !== null) await endProcess(running.child, 'SIGKILL')
  await rm(directory, { recursive: true, force: true })
})

it('starts on a folder whose first start was killed while it created the files', async () => {
  const data = join(directory, 'pgdata')
  const files = (): number => (existsSync(data) ? readdirSync(data, { recursive: true }).length : 0)
  const starting = startDatabase(directory, environment).catch((error: unknown) => error)
  const child = await new Promise<number>((resolve) => {
    const timer = setInterval(() => {
      if (files() < 50) return
      clearInterval(timer)
      resolve(ownerOf(directory))
    }, 1)
  })
  process.kill(child, 'SIGKILL')
  expect(await starting).toBeInstanceOf(Error)
  expect(existsSync(join(directory, 'initialising'))).toBe(true)
  const written = files()

  running = await startDatabase(directory, environment)
  expect(files()).toBeGreaterThan(written)
  expect(existsSync(join(directory, 'initialising'))).toBe(false)
  const pool = openPool(running.connectionString)
  await pool.query(`
    create extension vector;
    create table notes (id int primary key, round int not null, place vector(3) not null, text text not null);
    create index notes_round on notes (round);
    create index notes_place on notes using hnsw (place vector_l2_ops);
    create table totals (id int primary key, count int not null);
    insert into totals values (1, 0);
  `)
  await pool.end()
})

it(`loses no acknowledged commit in ${rounds} kills under write load`, async () => {
  const random = randomNumbers(41)
  const acknowledged = new Set<number>()
  let nextId = 1
  for (let round = 0; round < rounds; round += 1) {
    running ??= await startDatabase(directory, environment)
    const { child, connectionString } = running
    const pool = openPool(connectionString)
    const writing = Array.from({ length: 4 }, async () => {
      while (child.exitCode === null && child.signalCode === null) {
        const id = nextId
        nextId += 1
        if (await write(pool, id, round)) acknowledged.add(id)
      }
    })
    const before = acknowledged.size
    await waitFor(() => acknowledged.size > before + 10)
    await delay(random(400))
    await endProcess(child, 'SIGKILL')
    await Promise.all(writing)
    await pool.end()

    running = await startDatabase(directory, environment)
    await checkEverything(running.connectionString, acknowledged)
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 10)
}, 360_000)

async function write(pool: Pool, id: number, round: number): Promise<boolean> {
  const client = await pool.connect().catch(() => null)
  if (client === null) return false
  try {
    await client.query('begin')
    await client.query('insert into notes values ($1, $2, $3, $4)', [
      id,
      round,
      `[${id % 97},${id % 89},${round}]`,
      'x'.repeat(id % 900),
    ])
    await client.query('update totals set count = count + 1')
    await client.query('commit')
    client.release()
    return true
  } catch {
    client.release(true)
    return false
  }
}

async function checkEverything(connectionString: string, acknowledged: Set<number>): Promise<void> {
  const pool = openPool(connectionString)
  const { rows } = await pool.query<{ id: number }>('select id from notes')
  const present = new Set(rows.map((row) => row.id))
  expect([...acknowledged].filter((id) => !present.has(id))).toEqual([])
  const counts = await pool.query<{ total: number; primary: number; round: number; near: number }>(`
    set local enable_seqscan = off;
    select (select count from totals) as total,
      (select count(*)::int from (select id from notes where id > 0 order by id) as by_id) as primary,
      (select count(*)::int from (select round from notes where round >= 0 order by round) as by_round) as round,
      (select count(*)::int from (select id from notes order by place <-> '[1,2,3]' limit 10) as by_place) as near`)
  const last = Array.isArray(counts) ? counts.at(-1).rows[0] : counts.rows[0]
  expect(last).toEqual({ total: present.size, primary: present.size, round: present.size, near: 10 })
  await pool.end()
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 })
  // The server is killed on purpose; the effect on each query is checked where it is awaited.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

function ownerOf(folder: string): number {
  const lock: { pid: number } = JSON.parse(readFileSync(join(folder, 'owner.lock'), 'utf8'))
  return lock.pid
}

async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited too long')
    await delay(10)
  }
}
