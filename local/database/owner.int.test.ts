import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  copyTestDatabase,
  endProcess,
  type RunningDatabase,
  startDatabase,
} from '#harness/start-test-database.ts'

let directory: string
const running: RunningDatabase[] = []

beforeEach(async () => {
  directory = await copyTestDatabase([])
})

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ child }) => endProcess(child, 'SIGKILL')))
  await rm(directory, { recursive: true, force: true })
})

async function start(
  environment: Record<string, string> = {},
): Promise<{ database: RunningDatabase; client: Client }> {
  const database = await startDatabase(directory, environment)
  running.push(database)
  const client = new Client({ connectionString: database.connectionString })
  client.on('error', () => undefined)
  await client.connect()
  return { database, client }
}

it('ends when Postgres has ended, and starts again with everything committed', async () => {
  const { database, client } = await start()
  await client.query('create table kept (id int); insert into kept values (1)')
  const exited = once(database.child, 'exit')
  await client.query('begin; insert into kept values (2)')
  // The only way without a bug to make Postgres end.
  await expect(client.query('set local exit_on_error = on; select 1/0')).rejects.toThrow('terminated')
  expect(await exited).toEqual([1, null])

  const again = await start()
  expect((await again.client.query('select id from kept')).rows).toEqual([{ id: 1 }])
  await again.client.end()
})

it('ends a statement that runs longer than the limit, and nothing else', async () => {
  const { client } = await start({ SELAH_DATABASE_STATEMENT_LIMIT_MS: '300' })
  await expect(client.query('select count(*) from generate_series(1, 1e15::bigint)')).rejects.toThrow(
    'canceling statement because it ran for more than 300 ms',
  )
  expect((await client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  await client.end()
})

it('answers an endless recursion with an error and keeps running', async () => {
  const { client } = await start()
  await client.query(
    "create function deep(int) returns int language plpgsql as 'begin return deep($1 + 1); end'",
  )
  await expect(client.query('select deep(1)')).rejects.toThrow('stack depth limit exceeded')
  expect((await client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }])
  await client.end()
})

it('closes cleanly on SIGTERM while one client has an open transaction and another waits', async () => {
  const { database, client } = await start()
  await client.query('create table kept (id int)')
  await client.query('begin; insert into kept values (1)')
  const other = new Client({ connectionString: database.connectionString })
  other.on('error', () => undefined)
  await other.connect()
  const waiting = other.query('insert into kept values (2)').catch(() => 'refused')
  await endProcess(database.child, 'SIGTERM')
  expect(database.child.exitCode).toBe(0)
  expect(await waiting).toBe('refused')

  const again = await start()
  expect((await again.client.query('select id from kept')).rows).toEqual([])
  await again.client.end()
})

it('names the wrong setting in its error', async () => {
  const refused = await startDatabase(directory, { SELAH_DATABASE_PASSWORD: 'short' }).catch(
    (error: unknown) => error,
  )
  expect(String(refused)).toContain('SELAH_DATABASE_PASSWORD')
})
