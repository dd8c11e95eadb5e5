import { sql } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'

const known = new WeakMap<DatabaseOrTransaction, Promise<boolean>>()

/**
 * Whether this database has the tables of Auth and this role may use them. It has none where accounts are hosted in
 * a project with another database. Asked once per connection pool.
 */
export function hasAuthTables(db: DatabaseOrTransaction): Promise<boolean> {
  const answer = known.get(db) ?? read(db)
  known.set(db, answer)
  answer.catch(() => known.delete(db))
  return answer
}

async function read(db: DatabaseOrTransaction): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select coalesce(bool_and(to_regclass(name) is not null
      and has_schema_privilege('auth', 'usage')
      and has_table_privilege(to_regclass(name), 'select, delete')), false) as has
    from unnest(array['auth.users', 'auth.sessions']) name
    where exists (select from pg_namespace where nspname = 'auth')`)
  return rows[0]?.has === true
}
