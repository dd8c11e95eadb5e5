import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'

const endless = 'select count(*) from generate_series(1, 1e15::bigint)'

let database: TestDatabase
const open: Client[] = []

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
})

afterAll(async () => {
  await database.stop()
})

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end().catch(() => undefined)))
})

interface CancellableClient {
  client: Client
  key: { processID: number; secretKey: number }
}

async function connectClient(config: ClientConfig = {}): Promise<CancellableClient> {
  const client = new Client({ connectionString: database.connectionString, ...config })
  client.on('error', () => undefined)
  const key = { processID: 0, secretKey: 0 }
  client.connection.on('backendKeyData', (message: typeof key) => Object.assign(key, message))
  await client.connect()
  open.push(client)
  return { client, key }
}

async function requestCancel(key: { processID: number; secretKey: number }): Promise<void> {
  const request = Buffer.alloc(16)
  request.writeUInt32BE(16, 0)
  request.writeUInt32BE(80_877_102, 4)
  request.writeInt32BE(key.processID, 8)
  request.writeInt32BE(key.secretKey, 12)
  const socket = connect(Number(new URL(database.connectionString).port), '127.0.0.1')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume()
  socket.write(request)
  await closed
}

it.each([
  ['a query', endless],
  ['a loop in a function', 'do $$ begin loop end loop; end $$'],
  ['a write', 'create table big as select n from generate_series(1, 1e15::bigint) n'],
])('ends %s that its client cancels, and then runs the statements that waited', async (_, sql) => {
  const [a, b] = [await connectClient(), await connectClient()]
  const running = expect(a.client.query(sql)).rejects.toMatchObject({ code: '57014' })
  const waiting = b.client.query('select 1 as alive')
  // Usually enough for the statement to start. A cancel request that arrives earlier must work as well.
  await delay(100)
  await requestCancel(a.key)
  await running
  expect((await waiting).rows).toEqual([{ alive: 1 }])
  expect((await a.client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})

it('rolls back the transaction of a cancelled statement, as for any error', async () => {
  const { client, key } = await connectClient()
  await client.query('create table kept (id int)')
  await client.query('begin')
  await client.query('insert into kept values (1)')
  const running = expect(client.query(endless)).rejects.toMatchObject({ code: '57014' })
  await delay(50)
  await requestCancel(key)
  await running
  await expect(client.query('select 1')).rejects.toMatchObject({ code: '25P02' })
  await client.query('commit')
  expect((await client.query('select * from kept')).rows).toEqual([])
})

it('ends a query that waits for its turn without affecting the running one', async () => {
  const [a, b] = [await connectClient(), await connectClient()]
  await a.client.query('begin')
  const waiting = expect(b.client.query('select 1')).rejects.toMatchObject({ code: '57014' })
  await a.client.query('select 1')
  await requestCancel(b.key)
  await waiting
  expect((await a.client.query('select 2 as still')).rows).toEqual([{ still: 2 }])
  await a.client.query('commit')
  expect((await b.client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})

it('ignores a cancel request with a wrong key, and one that arrives when nothing runs', async () => {
  const [a, b] = [await connectClient(), await connectClient()]
  const running = a.client.query("select pg_sleep(0.3), 'done' as state")
  await requestCancel({ ...a.key, secretKey: a.key.secretKey + 1 })
  await requestCancel(b.key)
  expect((await running).rows).toMatchObject([{ state: 'done' }])
  await requestCancel(a.key)
  expect((await a.client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})

it('applies a statement timeout set at connect, for the session or for one transaction', async () => {
  const startup = await connectClient({ statement_timeout: 200 })
  const timeout = { code: '57014', message: 'canceling statement due to statement timeout' }
  await expect(startup.client.query(endless)).rejects.toMatchObject(timeout)

  const { client } = await connectClient()
  await client.query("set statement_timeout = '150ms'")
  await expect(client.query(endless)).rejects.toMatchObject(timeout)
  await client.query('set statement_timeout = 0')
  await client.query('begin')
  await client.query("set local statement_timeout = '0.2s'")
  await expect(client.query(endless)).rejects.toMatchObject(timeout)
  await client.query('rollback')
  expect((await client.query("select pg_sleep(0.4), 'done' as state")).rows).toMatchObject([
    { state: 'done' },
  ])
})

it('applies the other timeouts that a client has set', async () => {
  const [idle, long, other] = [await connectClient(), await connectClient(), await connectClient()]
  await idle.client.query("set idle_in_transaction_session_timeout = '300ms'; begin")
  await other.client.query('select 1')
  await expect(idle.client.query('select 1')).rejects.toThrow()
  await long.client.query("set transaction_timeout = '600ms'")
  await long.client.query('begin')
  const busy = async (): Promise<void> => {
    for (;;) await long.client.query('select 1')
  }
  await expect(busy()).rejects.toThrow()
  expect((await other.client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
})
