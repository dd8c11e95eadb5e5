import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PlainPostgres, plainServers } from '#harness/start-plain-postgres.ts'
import { allMigrations } from '#harness/start-test-database.ts'
import { applyMigrations } from '#lib/db/apply-migrations.ts'

describe.each(plainServers)('an ordinary role on $name', ({ start }) => {
  let server: PlainPostgres
  let owner: pg.Client

  beforeAll(async () => {
    server = await start()
    owner = new pg.Client({ connectionString: server.connectionString })
    await owner.connect()
    for (const { directory, table } of allMigrations) {
      await applyMigrations({ connectionString: server.connectionString, directory, table })
    }
  })

  afterAll(async () => {
    await owner?.end()
    await server?.stop()
  })

  it('applies every migration without being a superuser', async () => {
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
      `select unnest(setconfig) as setting from pg_db_role_setting
       where setrole = 'selah'::regrole and setdatabase <> 0`,
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
})
