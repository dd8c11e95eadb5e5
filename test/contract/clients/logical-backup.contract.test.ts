import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'

/** The first statements of pg_dump 18.6. */
const opening = [
  "SELECT pg_catalog.set_config('search_path', '', false)",
  'SET DATESTYLE = ISO',
  'SET INTERVALSTYLE = POSTGRES',
  'SET extra_float_digits TO 3',
  'SET synchronize_seqscans TO off',
  'SET statement_timeout = 0',
  'SET lock_timeout = 0',
  'SET idle_in_transaction_session_timeout = 0',
  'SET transaction_timeout = 0',
  'SET row_security = off',
  "SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind'",
  'BEGIN',
  'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY',
]

let database: TestDatabase

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
})

afterAll(() => database?.stop())

async function connect() {
  const client = new pg.Client({ connectionString: database.connectionString })
  await client.connect()
  return client
}

test('a logical backup reads every table at one moment, and its settings do not affect other clients', async () => {
  const [dump, writer] = [await connect(), await connect()]
  await writer.query(
    "create table public.notes (id int primary key, text text); insert into notes values (1, E'a\\tb')",
  )
  for (const statement of opening) await dump.query(statement)
  await dump.query('LOCK TABLE public.notes IN ACCESS SHARE MODE')
  // pg_dump reads each table with an SQL-level prepared statement.
  await dump.query(
    'PREPARE getColumnACLs(pg_catalog.oid) AS SELECT attname FROM pg_catalog.pg_attribute WHERE attrelid = $1 AND attnum > 0',
  )
  const { rows } = await dump.query("EXECUTE getColumnACLs('public.notes'::pg_catalog.regclass)")
  expect(rows).toEqual([{ attname: 'id' }, { attname: 'text' }])
  const copied: string[] = []
  dump.connection.on('copyData', ({ chunk }: { chunk: Buffer }) => copied.push(chunk.toString()))
  await dump.query('COPY public.notes (id, text) TO stdout')
  expect(copied.join('')).toBe('1\ta\\tb\n')
  await expect(dump.query('insert into public.notes values (2)')).rejects.toMatchObject({ code: '25006' })
  await dump.query('rollback')
  expect((await dump.query('show search_path')).rows).toEqual([{ search_path: '' }])
  expect((await writer.query('select count(*)::int as notes from notes')).rows).toEqual([{ notes: 1 }])
  await Promise.all([dump.end(), writer.end()])
})
