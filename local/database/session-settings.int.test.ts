import { once } from 'node:events'
import { Client, type ClientConfig, Pool } from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'

let database: TestDatabase
let pool: Pool
const open: Client[] = []

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
  pool = new Pool({ connectionString: database.connectionString, max: 2 })
  await pool.query(`
    create role reader;
    create schema other;
    create table public.place (name text); insert into public.place values ('public');
    create table other.place (name text); insert into other.place values ('other');
    grant usage on schema other to reader; grant select on other.place to reader`)
})

afterAll(async () => {
  await pool.end()
  await database.stop()
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end().catch(() => undefined)))
})

async function connectClient(config: ClientConfig = {}): Promise<Client> {
  const client = new Client({ connectionString: database.connectionString, ...config })
  client.on('error', () => undefined)
  await client.connect()
  open.push(client)
  return client
}

async function show(client: Client | Pool, name: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>('select current_setting($1, true) as value', [name])
  return rows[0]?.value ?? ''
}

it('applies the settings of each client to that client only', async () => {
  const [a, b] = [await connectClient(), await connectClient()]
  const defaults = { search_path: await show(pool, 'search_path'), TimeZone: await show(pool, 'TimeZone') }
  await a.query('set search_path to other, public')
  await a.query("set time zone 'America/New_York'")
  await b.query("select set_config('search_path', 'pg_catalog', false)")
  await b.query("set app.tenant = '7'")
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await a.query('select name from place')).rows).toEqual([{ name: 'other' }])
    expect(await show(b, 'search_path')).toBe('pg_catalog')
    expect(await show(b, 'app.tenant')).toBe('7')
    expect(await show(a, 'app.tenant')).toBe('')
    expect(await show(a, 'TimeZone')).toBe('America/New_York')
    expect((await pool.query('select name from place')).rows).toEqual([{ name: 'public' }])
    expect(await show(pool, 'TimeZone')).toBe(defaults.TimeZone)
  }
  await a.query('reset search_path')
  expect((await a.query('select name from place')).rows).toEqual([{ name: 'public' }])
  expect(await show(a, 'TimeZone')).toBe('America/New_York')
  await b.query('discard all')
  expect([await show(b, 'search_path'), await show(b, 'app.tenant')]).toEqual([
    await show(pool, 'search_path'),
    '',
  ])
  expect(await show(pool, 'search_path')).toBe(defaults.search_path)
})

it('applies a role to the client that set it and to no other', async () => {
  const [a, b] = [await connectClient(), await connectClient()]
  await a.query('set role reader; set search_path to other')
  expect((await b.query('select current_user::text as role')).rows).toEqual([{ role: 'postgres' }])
  expect((await a.query('select current_user::text as role, name from place')).rows).toEqual([
    { role: 'reader', name: 'other' },
  ])
  await expect(a.query('select * from public.place')).rejects.toMatchObject({ code: '42501' })
  await b.query('create table made_by_b ()')
  await a.query('reset role')
  expect((await a.query('select name from public.place')).rows).toEqual([{ name: 'public' }])
})

it('keeps or drops a setting when its transaction commits or rolls back', async () => {
  const client = await connectClient()
  const defaultPath = await show(pool, 'search_path')
  await client.query('begin')
  await client.query('set search_path to other')
  await client.query('rollback')
  expect(await show(client, 'search_path')).toBe(defaultPath)
  await client.query('begin')
  await client.query('set search_path to other')
  await client.query('set local search_path to pg_catalog')
  await client.query('commit')
  expect(await show(pool, 'search_path')).toBe(defaultPath)
  expect(await show(client, 'search_path')).toBe('other')
})

it('applies a prepared SET when it is executed, each time', async () => {
  const client = await connectClient()
  await client.query('set search_path to other')
  const prepared = { name: 'zone', text: "set time zone 'Asia/Tokyo'" }
  await client.query(prepared)
  await client.query('reset all')
  await client.query(prepared)
  expect(await show(pool, 'TimeZone')).not.toBe('Asia/Tokyo')
  expect(await show(client, 'TimeZone')).toBe('Asia/Tokyo')
})

it('applies start-up settings, returns to them on RESET, and reports them to the client', async () => {
  const statuses = new Map<string, string>()
  const client = new Client({
    connectionString: database.connectionString,
    application_name: 'test client',
    options: '-c search_path=other,public --statement-timeout=90s -c app.tenant=some\\ church',
  })
  client.connection.on('parameterStatus', (message: { parameterName: string; parameterValue: string }) =>
    statuses.set(message.parameterName, message.parameterValue),
  )
  await client.connect()
  open.push(client)
  expect(statuses.get('application_name')).toBe('test client')
  expect(statuses.get('search_path')).toBe('other,public')
  expect(statuses.get('server_version')).toMatch(/^18/)
  const expected = ['other,public', '90s', 'some church', 'test client']
  const read = async (): Promise<string[]> => {
    const names = ['search_path', 'statement_timeout', 'app.tenant', 'application_name']
    const values: string[] = []
    for (const name of names) values.push(await show(client, name))
    return values
  }
  await pool.query('select 1')
  expect((await client.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '90s' }])
  await client.query('set search_path to pg_catalog; set statement_timeout to 0')
  await client.query('reset all')
  await pool.query('select 1')
  expect(await read()).toEqual(expected)
  expect(await show(pool, 'statement_timeout')).toBe('0')
})

it('accepts start-up timeouts in any unit, each time', async () => {
  for (let turn = 0; turn < 20; turn += 1) {
    const options = turn % 2 === 0 ? '-c statement_timeout=90s' : '-c statement_timeout=1.5min'
    const client = await connectClient({ options })
    expect(await show(client, 'statement_timeout')).toBe('90s')
    await client.end()
  }
})

it.each([
  [{ options: '-c no_such_setting=1' }, '42704'],
  [{ options: '-c statement_timeout=soon' }, '22023'],
  [{ options: '-c shared_buffers=1GB' }, '55P02'],
  [{ options: '-c idle_session_timeout=5s' }, '0A000'],
  [{ options: '-x' }, '42601'],
])('refuses start-up settings that it cannot apply: %j', async (config, code) => {
  const client = new Client({ connectionString: database.connectionString, ...config })
  client.on('error', () => undefined)
  await expect(client.connect().then(() => 'connected')).rejects.toMatchObject({ code })
  expect((await pool.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})

it('listens when a prepared LISTEN is executed, not when it is prepared, and again when it is executed again', async () => {
  const client = await connectClient()
  const received: string[] = []
  client.on('notification', ({ payload }) => received.push(payload ?? ''))
  const listen = { name: 'listen', text: 'listen news' }
  const unlisten = { name: 'unlisten', text: 'unlisten news' }
  const notify = async (payload: string): Promise<void> => {
    await pool.query("select pg_notify('news', $1)", [payload])
    // The answer arrives after every notification that was sent before it.
    await client.query('select 1')
  }
  await client.query(listen)
  await notify('1')
  await client.query(unlisten)
  await notify('2')
  await client.query(listen)
  await notify('3')
  await client.query(unlisten)
  await notify('4')
  expect(received).toEqual(['1', '3'])
})

it('keeps SQL-level prepared statements separate for each client', async () => {
  const [a, b] = [await connectClient(), await connectClient()]
  await a.query('prepare same(int) as select $1 * 10 as value')
  await b.query('prepare same(int) as select $1 * 100 as value')
  expect((await a.query('execute same(2)')).rows).toEqual([{ value: 20 }])
  expect((await b.query('execute same(2)')).rows).toEqual([{ value: 200 }])
  await a.query('deallocate all')
  await expect(a.query('execute same(2)')).rejects.toMatchObject({ code: '26000' })
  expect((await b.query('execute same(2)')).rows).toEqual([{ value: 200 }])
  const ended = once(b, 'end')
  await b.end()
  await ended
  await expect
    .poll(
      async () => (await pool.query('select 1 from pg_prepared_statements where name <> $1', [''])).rowCount,
    )
    .toBe(0)
})
