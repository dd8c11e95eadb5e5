import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allMigrations, startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { applyMigrations } from '#lib/db/apply-migrations.ts'

let database: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
  const administrator = new pg.Client({ connectionString: database.connectionString })
  await administrator.connect()
  // What the administrator of a shared server does for an application: extensions, a role, its database.
  await administrator.query('create schema odd')
  await administrator.query('create extension vector')
  await administrator.query('create extension pg_trgm')
  await administrator.query('create role selah login')
  await administrator.query('alter database postgres owner to selah')
  await administrator.query('alter schema odd owner to selah')
  await administrator.end()
  const url = new URL(database.connectionString)
  url.searchParams.set('options', '-c role=selah -c search_path="$user",odd,public')
  owner = new pg.Client({ connectionString: url.href })
  await owner.connect()
  for (const { directory, table } of allMigrations) {
    await applyMigrations({ connectionString: url.href, directory, table })
  }
})

afterAll(async () => {
  await owner.end()
  await database.stop()
})

it('applies every migration as an ordinary role that owns one database', async () => {
  const { rows } = await owner.query(
    `select current_user as name, rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user`,
  )
  expect(rows).toEqual([{ name: 'selah', rolsuper: false, rolcreaterole: false, rolbypassrls: false }])
  const tables = await owner.query(
    `select tableowner from pg_tables where tablename in ('sermons', 'users', 'objects')`,
  )
  expect(tables.rows).toEqual([{ tableowner: 'selah' }, { tableowner: 'selah' }, { tableowner: 'selah' }])
})

it('creates its tables in public, even if other schemas are first in the search_path', async () => {
  const { rows } = await owner.query(
    `select distinct schemaname from pg_tables where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  expect(rows.map(({ schemaname }) => schemaname)).not.toContain('odd')
  const own = await owner.query(`select tablename from pg_tables where schemaname = 'selah' order by 1`)
  expect(own.rows.map(({ tablename }) => tablename)).toEqual([
    'engine_migrations',
    'platform_migrations',
    'schema_migrations',
  ])
})

it('sets the search_path of later connections of the role', async () => {
  const { rows } = await owner.query(
    `select unnest(setconfig) as setting from pg_db_role_setting where setrole = 'selah'::regrole`,
  )
  expect(rows).toEqual([{ setting: 'search_path=public, extensions' }])
})

it('creates no Supabase role without permission, and can read its rows without one', async () => {
  const { rows } = await owner.query(
    `select from pg_roles where rolname in ('anon', 'authenticated', 'service_role')`,
  )
  expect(rows).toEqual([])
  await owner.query('set search_path to public, extensions')
  await owner.query(`insert into churches (slug, name) values ('grace', 'Grace')`)
  expect((await owner.query('select name from churches')).rows).toEqual([{ name: 'Grace' }])
})
