import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { LoadOrder, LoadReport } from '#harness/mixed-load-client.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'

const processes = 3
const operationsEach = 7_000
const limitMs = 300_000

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
  pool = new Pool({ connectionString: database.connectionString, max: 2 })
  await pool.query(`
    create table counters (id int primary key, value int not null);
    insert into counters select n, 0 from generate_series(0, 4) n;
    create table increments (id bigint generated always as identity primary key, client int, counter int);
    create index on increments (counter);
    create table lost (note text);
    create role tenant;
    create table tenant_rows (tenant int, note text);
    insert into tenant_rows select n % 20, 'note ' || n from generate_series(1, 400) n;
    alter table tenant_rows enable row level security;
    create policy own on tenant_rows using (tenant = current_setting('app.tenant', true)::int);
    grant select on tenant_rows to tenant;
  `)
})

afterAll(async () => {
  await pool.end()
  await database.stop()
})

function startClient(program: string): ChildProcess {
  return fork(join(import.meta.dirname, '../../harness', program), [], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const child = startClient('mixed-load-client.ts')
  child.send(order)
  const [report]: LoadReport[] = await once(child, 'message')
  return report ?? { operations: 0, wrong: [], errors: ['no report'], increments: 0 }
}

/** Kills one client process after another during its work until `isOver`; returns how many. */
async function killClients(isOver: () => boolean): Promise<number> {
  const places = ['transaction', 'batch', 'flush', 'query']
  let killed = 0
  while (!isOver()) {
    const child = startClient('disconnecting-client.ts')
    child.send({ connectionString: database.connectionString, where: places[killed % places.length] })
    const [message] = await once(child, 'message')
    expect(message).toBe('there')
    child.kill('SIGKILL')
    await once(child, 'exit')
    killed += 1
    // Leaves processor time for the other clients.
    await delay(100)
  }
  return killed
}

it(
  'gives every client its own answers, keeps every commit exactly once, and cleans up after clients that vanish',
  async () => {
    let isOver = false
    const killing = killClients(() => isOver)
    const reports = await Promise.all(
      Array.from({ length: processes }, (_, index) =>
        runLoad({
          connectionString: database.connectionString,
          client: index + 1,
          operations: operationsEach,
          connections: 3,
          inFlight: 4,
        }),
      ),
    )
    isOver = true
    const killed = await killing

    const total = (pick: (report: LoadReport) => number): number =>
      reports.reduce((sum, report) => sum + pick(report), 0)
    expect(reports.flatMap((report) => report.wrong)).toEqual([])
    expect(reports.flatMap((report) => report.errors)).toEqual([])
    expect(total((report) => report.operations)).toBeGreaterThanOrEqual(20_000)
    expect(killed).toBeGreaterThanOrEqual(8)

    const { rows } = await pool.query(`
      select (select sum(value) from counters)::int as counted,
        (select count(*) from increments)::int as inserted,
        (select count(*) from lost)::int as lost`)
    const committed = total((report) => report.increments)
    expect(rows).toEqual([{ counted: committed, inserted: committed, lost: 0 }])
  },
  limitMs,
)

it('leaves no statement, channel, transaction or role of disconnected clients', async () => {
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  await expect
    .poll(async () => {
      const { rows } = await client.query(`
        select (select count(*)::int from pg_prepared_statements where name <> '') as statements,
          (select count(*)::int from pg_listening_channels()) as channels,
          current_user::text as role`)
      return rows
    })
    .toEqual([{ statements: 0, channels: 0, role: 'postgres' }])
  await client.end()
})
