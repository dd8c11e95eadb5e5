import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { applyMigrations, countMigrations } from '#lib/db/apply-migrations.ts'

let database: TestDatabase
let pool: Pool
let directory: string
let round = 0

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
  pool = new Pool({ connectionString: database.connectionString, max: 2 })
})

afterAll(async () => {
  await pool.end()
  await database.stop()
})

beforeEach(async () => {
  round += 1
  directory = await mkdtemp(join(tmpdir(), 'selah-migrations-'))
  await pool.query('drop table if exists church, sermon')
  return () => rm(directory, { recursive: true, force: true })
})

function apply(): Promise<string[]> {
  return applyMigrations({
    connectionString: database.connectionString,
    directory,
    table: `bookkeeping.round_${round}`,
  })
}

async function write(name: string, sql: string): Promise<void> {
  await writeFile(join(directory, name), sql)
}

it('applies new files once, in order', async () => {
  await write('0002_sermon.sql', 'create table sermon (church int references church (id));')
  await write('0001_church.sql', 'create table church (id int primary key); insert into church values (1);')
  expect(await apply()).toEqual(['0001_church.sql', '0002_sermon.sql'])
  expect(await apply()).toEqual([])
  await write('0003_more.sql', 'insert into sermon values (1);')
  expect(await apply()).toEqual(['0003_more.sql'])
  expect((await pool.query('select * from sermon')).rows).toEqual([{ church: 1 }])
})

it('rolls back a file that fails, reports the line, and continues when the file is fixed', async () => {
  await write('1_church.sql', 'create table church (id int primary key);')
  await write('2_sermon.sql', 'create table sermon (id int);\ninsert into sermon\n  select wrong;')
  await expect(apply()).rejects.toThrow(/2_sermon\.sql failed at line 3: column "wrong" does not exist/)
  expect(
    (await pool.query("select to_regclass('church') as church, to_regclass('sermon') as sermon")).rows,
  ).toEqual([{ church: 'church', sermon: null }])
  await write('2_sermon.sql', 'create table sermon (id int);')
  expect(await apply()).toEqual(['2_sermon.sql'])
})

it('refuses an edited file and changes nothing', async () => {
  await write('1_church.sql', 'create table church (id int primary key);')
  await apply()
  await write('1_church.sql', 'create table church (id bigint primary key);')
  await write('2_sermon.sql', 'create table sermon (id int);')
  await expect(apply()).rejects.toThrow('1_church.sql was edited after it was applied')
  expect((await pool.query("select to_regclass('sermon') as sermon")).rows).toEqual([{ sermon: null }])
})

it('applies nothing twice when several processes start at the same time', async () => {
  await write('1_church.sql', 'create table church (id int primary key); insert into church values (7);')
  await write('2_sermon.sql', 'create table sermon (id int); insert into sermon values (7);')
  const applied = await Promise.all([apply(), apply(), apply()])
  expect(applied.flat().sort()).toEqual(['1_church.sql', '2_sermon.sql'])
})

it('counts applied and pending files without changing the database', async () => {
  const input = {
    connectionString: database.connectionString,
    directory,
    table: `bookkeeping.round_${round}`,
  }
  await write('1_church.sql', 'create table church (id int)')
  expect(await countMigrations(input)).toEqual({ applied: 0, pending: 1 })
  await apply()
  await write('2_sermon.sql', 'create table sermon (id int)')
  expect(await countMigrations(input)).toEqual({ applied: 1, pending: 1 })
  expect((await pool.query("select to_regclass('sermon') as found")).rows).toEqual([{ found: null }])
})
