import { once } from 'node:events'
import { connect } from 'node:net'
import { Client, type Notification, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { buildMessage, frontend } from './build-messages.ts'

// Low enough to test, and not reached in any other test of this file.
const idleLimitMs = 3_000

let database: TestDatabase
let pool: Pool
const open: Client[] = []

beforeAll(async () => {
  database = await startTestDatabase({
    migrations: [],
    environment: { SELAH_DATABASE_IDLE_LIMIT_MS: String(idleLimitMs), SELAH_DATABASE_MAX_CONNECTIONS: '30' },
  })
  pool = new Pool({ connectionString: database.connectionString, max: 5 })
  await pool.query('create table notes (id int generated always as identity primary key, text text)')
})

afterAll(async () => {
  await pool.end()
  await database.stop()
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end().catch(() => undefined)))
})

async function connectClient(): Promise<Client> {
  const client = new Client({ connectionString: database.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  open.push(client)
  return client
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof Error && 'code' in error ? String(error.code) : `no code: ${error}`
}

async function waitFor(condition: () => boolean): Promise<void> {
  await expect.poll(condition).toBe(true)
}

describe('logging in', () => {
  const withChange = (change: (url: URL) => void): Client => {
    const url = new URL(database.connectionString)
    change(url)
    return new Client({ connectionString: url.href })
  }

  it('refuses a wrong password, another role and another database', async () => {
    const wrongPassword = withChange((url) => {
      url.password = 'wrong'
    })
    const otherRole = withChange((url) => {
      url.username = 'admin'
    })
    const otherDatabase = withChange((url) => {
      url.pathname = '/other'
    })
    expect(await codeOf(wrongPassword.connect())).toBe('28P01')
    expect(await codeOf(otherRole.connect())).toBe('28P01')
    expect(await codeOf(otherDatabase.connect())).toBe('3D000')
  })

  it('runs nothing for a client that skips the login, and survives other protocols', async () => {
    const startup = Buffer.from('\0\0\0\0\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')
    startup.writeUInt32BE(startup.length, 0)
    const query = buildMessage(frontend.query, "insert into notes (text) values ('not logged in')")
    for (const bytes of [
      Buffer.concat([startup, query]),
      query,
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.alloc(64, 255),
    ]) {
      const socket = connect(Number(new URL(database.connectionString).port), '127.0.0.1')
      const closed = new Promise((resolve) => socket.once('close', resolve))
      socket.on('error', () => undefined)
      socket.resume()
      socket.write(bytes)
      await closed
    }
    const { rows } = await pool.query("select count(*)::int as count from notes where text = 'not logged in'")
    expect(rows).toEqual([{ count: 0 }])
  })

  it('accepts clients up to the limit and refuses the next one', async () => {
    const results = await Promise.all(
      Array.from({ length: 40 }, () => connectClient().then(() => 'in', codeOfError)),
    )
    expect(new Set(results)).toEqual(new Set(['in', '53300']))
    expect(results.filter((result) => result === 'in').length).toBeLessThanOrEqual(30)
    await Promise.all(open.splice(0).map((client) => client.end()))
    await expect.poll(() => connectClient().then(() => 'in', codeOfError)).toBe('in')
  })
})

function codeOfError(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

describe('COPY', () => {
  it.each([
    'copy notes (text) from stdin',
    'COPY notes FROM STDIN WITH (FORMAT csv)',
    '/* copy */ select 1; copy notes (text) from stdin; select 2',
    'begin; copy notes (text) from stdin',
    "copy notes from '/dev/blob'",
    "copy notes to '/dev/blob'",
  ])('is refused, and the connection keeps working: %s', async (sql) => {
    const client = await connectClient()
    expect(await codeOf(client.query(sql))).toBe('0A000')
    expect(await codeOf(client.query({ name: 'prepared', text: sql }))).toBe('0A000')
    await client.query('rollback')
    expect((await client.query('select $1::int as alive', [1])).rows).toEqual([{ alive: 1 }])
  })

  it('aborts the transaction it is refused in, like any error', async () => {
    const client = await connectClient()
    await client.query('begin')
    await client.query("insert into notes (text) values ('before copy')")
    expect(await codeOf(client.query({ name: 'c', text: 'copy notes (text) from stdin' }))).toBe('0A000')
    expect(await codeOf(client.query('select 1'))).toBe('25P02')
    await client.query('commit')
    expect((await pool.query("select 1 from notes where text = 'before copy'")).rowCount).toBe(0)
  })

  it('refuses it inside functions too', async () => {
    const block = "do $$ begin execute 'copy notes (text) from stdin'; end $$"
    expect(await codeOf(pool.query(block))).toBe('0A000')
    expect((await pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  })
})

describe('state of one connection', () => {
  it('keeps equal statement names of two connections apart, and drops them when a client leaves', async () => {
    const [a, b] = [await connectClient(), await connectClient()]
    const name = 'a name that fits only without a prefix, as it has 63 b'
    const query = async (client: Client, text: string): Promise<unknown> =>
      (await client.query({ name, text, values: [2] })).rows[0]
    expect(await query(a, 'select $1::int * 10 as v')).toEqual({ v: 20 })
    expect(await query(b, 'select $1::int * 100 as v')).toEqual({ v: 200 })
    expect(await query(a, 'select $1::int * 10 as v')).toEqual({ v: 20 })
    await a.end()
    expect(await query(b, 'select $1::int * 100 as v')).toEqual({ v: 200 })
    await b.end()
    await expect
      .poll(async () => (await pool.query("select 1 from pg_prepared_statements where name <> ''")).rowCount)
      .toBe(0)
  })

  it('keeps the unnamed statement of a client between its batches while other clients use theirs', async () => {
    const [a, b] = [await connectClient(), await connectClient()]
    const answers: string[] = []
    a.connection.on('dataRow', (message: { fields: (Buffer | string)[] }) =>
      answers.push(String(message.fields[0])),
    )
    const ready = (): Promise<unknown> => once(a.connection, 'readyForQuery')
    const sync = buildMessage(frontend.sync)
    const parse = buildMessage(frontend.parse, '', "select 'of a'", Buffer.alloc(2))
    const describe = buildMessage(frontend.describe, Buffer.from('S'), '')
    const run = [
      buildMessage(frontend.bind, '', '', Buffer.alloc(6)),
      buildMessage(frontend.execute, '', Buffer.alloc(4)),
      sync,
    ]
    const parsed = ready()
    a.connection.stream.write(Buffer.concat([parse, describe, sync]))
    await parsed
    for (let turn = 0; turn < 3; turn += 1) {
      await b.query('select $1::text as mine', ['of b'])
      const answered = ready()
      a.connection.stream.write(Buffer.concat(run))
      await answered
    }
    expect(answers).toEqual(['of a', 'of a', 'of a'])
  })

  it('refuses what it cannot keep for one client', async () => {
    for (const sql of [
      'set session authorization pg_monitor',
      "set client_encoding to 'latin1'",
      'create temp table x ()',
      'select pg_advisory_lock(1)',
      'select lastval()',
    ]) {
      expect(await codeOf(pool.query(sql))).toBe('0A000')
    }
  })

  it('makes other clients wait while one is in a transaction, and never mixes them', async () => {
    const [a, b] = [await connectClient(), await connectClient()]
    await a.query('begin')
    await a.query("insert into notes (text) values ('of a')")
    let answered = false
    const waiting = b.query("select count(*)::int as seen from notes where text = 'of a'").then((result) => {
      answered = true
      return result.rows
    })
    await a.query('select 1')
    expect(answered).toBe(false)
    await a.query('rollback')
    expect(await waiting).toEqual([{ seen: 0 }])
  })
})

describe('notifications', () => {
  it('reach each listener once, in order, and no other client', async () => {
    const clients = await Promise.all(Array.from({ length: 4 }, connectClient))
    const received = clients.map((client) => {
      const list: string[] = []
      client.on('notification', (message: Notification) => list.push(`${message.channel}:${message.payload}`))
      return list
    })
    const [a, b, c, d] = clients
    if (!a || !b || !c || !d) throw new Error('four clients were opened')
    await a.query('listen news')
    await b.query('listen "news"; listen "Other"')
    await c.query('begin')
    await c.query('listen news')
    await c.query('rollback')
    await d.query("select pg_notify('news', $1)", ['1'])
    await a.query("notify news, '2'")
    await d.query('begin')
    await d.query("notify news, 'never'")
    await d.query('rollback')
    await d.query('notify "Other"')
    await b.query('unlisten news')
    await d.query("notify news, '3'")
    await waitFor(() => received[0]?.length === 3 && received[1]?.length === 3)
    expect(received).toEqual([['news:1', 'news:2', 'news:3'], ['news:1', 'news:2', 'Other:'], [], []])
  })

  it('are unlistened in Postgres when the last listener has left', async () => {
    const [a, b] = [await connectClient(), await connectClient()]
    await a.query('listen shared')
    await b.query('listen shared')
    const channels = async (): Promise<unknown> =>
      (await pool.query("select c from pg_listening_channels() c where c = 'shared'")).rowCount
    await a.end()
    expect(await channels()).toBe(1)
    await b.query('unlisten *')
    await expect.poll(channels).toBe(0)
  })
})

describe('clients that misbehave', () => {
  it('ends a client that keeps a transaction idle longer than the limit', async () => {
    const [idle, other] = [await connectClient(), await connectClient()]
    const ended = new Promise((resolve) => idle.once('end', resolve))
    await idle.query('begin')
    await idle.query("insert into notes (text) values ('too late')")
    const { rows } = await other.query("select count(*)::int as seen from notes where text = 'too late'")
    expect(rows).toEqual([{ seen: 0 }])
    await ended
    expect((await pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  })

  it('gives no session to half a batch, so that other clients do not wait for it', async () => {
    const [half, other] = [await connectClient(), await connectClient()]
    half.connection.stream.write(buildMessage(frontend.parse, '', 'select 1', Buffer.alloc(2)))
    expect((await other.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  })

  it('keeps the database running when messages are damaged', async () => {
    const random = randomNumbers(23)
    const batch = Buffer.concat([
      buildMessage(frontend.parse, 'name', 'select $1::int, $2::text', Buffer.from([0, 1, 0, 0, 0, 23])),
      buildMessage(frontend.describe, Buffer.from('S'), 'name'),
      buildMessage(
        frontend.bind,
        'portal',
        'name',
        Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 49, 0, 0, 0, 1, 50, 0, 0]),
      ),
      buildMessage(frontend.execute, 'portal', Buffer.alloc(4)),
      buildMessage(frontend.close, Buffer.from('S'), 'name'),
      buildMessage(frontend.sync),
      buildMessage(frontend.query, 'select 1; select 2'),
    ])
    for (let round = 0; round < 150; round += 1) {
      const client = await connectClient()
      const damaged = Buffer.from(batch)
      for (let hits = 1 + random(4); hits > 0; hits -= 1) damaged[random(damaged.length)] = random(256)
      client.connection.stream.write(damaged)
      client.connection.stream.end()
      open.pop()
    }
    expect((await pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  })

  it('runs what a client sent before it terminated the connection', async () => {
    const client = await connectClient()
    const insert = buildMessage(frontend.query, "insert into notes (text) values ('sent last')")
    client.connection.stream.write(Buffer.concat([insert, insert, buildMessage(frontend.terminate)]))
    await expect
      .poll(async () => (await pool.query("select 1 from notes where text = 'sent last'")).rowCount)
      .toBe(2)
  })
})

it('gives every client its turn, however much another has sent', async () => {
  const [greedy, patient] = [await connectClient(), await connectClient()]
  let finished = 0
  greedy.connection.on('readyForQuery', () => {
    finished += 1
  })
  const turns = 200
  const slow = buildMessage(frontend.query, 'select pg_sleep(0.01)')
  greedy.connection.stream.write(Buffer.concat(Array.from({ length: turns }, () => slow)))
  await waitFor(() => finished > 0)
  const before = finished
  await patient.query('select 1')
  expect(finished - before).toBeLessThan(turns / 2)
})
