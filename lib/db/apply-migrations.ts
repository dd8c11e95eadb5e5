import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client, DatabaseError, escapeIdentifier } from 'pg'
import { AppError } from '#lib/errors.ts'

export interface MigrationFile {
  name: string
  sql: string
  checksum: string
  /** Checksums of earlier texts of the file with the same effect. */
  replaces: string[]
}

export interface AppliedMigration {
  name: string
  checksum: string
}

export interface ApplyMigrationsInput {
  connectionString: string
  /** Folder of `<digits>_<name>.sql` files. */
  directory: string
  /** Schema-qualified name of the bookkeeping table, e.g. `selah.schema_migrations`. */
  table: string
}

/** The schemas of tables and of extensions. */
const schemas = 'public, extensions'

const migrationName = /^(\d+)_[^/]+\.sql$/

/**
 * Applies every `<digits>_<name>.sql` of the folder that is not applied yet, in order of the digits.
 * Each file runs in one transaction together with its row in `table` (created, with its schema, when missing),
 * so a failed file changes nothing. Several processes may call it at the same time.
 *
 * Tables are created in the schema `public`, for any role. A line `-- replaces <checksum>` in a file names an earlier
 * text of it that may have been applied instead.
 *
 * Returns the names applied now. Throws an AppError, before changing anything, when an applied file was edited
 * or removed, when a new file sorts before an applied one, or when two files share their number; and when a
 * file's SQL fails, with the database's error as `cause`.
 */
export async function applyMigrations(input: ApplyMigrationsInput): Promise<string[]> {
  const files = await readMigrations(input.directory)
  const table = quoteTable(input.table)
  const client = new Client({ connectionString: input.connectionString })
  await client.connect()
  try {
    await ensureTable(client, table)
    await setSearchPath(client)
    const applied: string[] = []
    for (;;) {
      const name = await applyNext(client, table, files)
      if (name === null) return applied
      applied.push(name)
    }
  } finally {
    await client.end()
  }
}

/**
 * Counts the migrations that are applied and those that `applyMigrations` would apply now; changes nothing. Throws
 * the errors of `applyMigrations` when database and folder do not match.
 */
export async function countMigrations(
  input: ApplyMigrationsInput,
): Promise<{ applied: number; pending: number }> {
  const files = await readMigrations(input.directory)
  const table = quoteTable(input.table)
  const client = new Client({ connectionString: input.connectionString })
  await client.connect()
  try {
    const exists = await client.query('select to_regclass($1) is not null as found', [table.name])
    if (!exists.rows[0].found) return { applied: 0, pending: files.length }
    const { rows } = await client.query<AppliedMigration>(`select name, checksum from ${table.name}`)
    return { applied: rows.length, pending: planMigrations(files, rows).length }
  } finally {
    await client.end()
  }
}

/** Reads the folder's migrations in the order they apply. Anything that is not a `.sql` file is ignored. */
export async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
    .map((entry) => entry.name)
  return Promise.all(
    orderMigrationNames(names).map(async (name) => {
      const sql = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n')
      return {
        name,
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
        replaces: [...sql.matchAll(/^-- replaces ([0-9a-f]{64})$/gm)].map(([, checksum = '']) => checksum),
      }
    }),
  )
}

/** Sorts by the leading number. Refuses names without one and numbers used twice. */
export function orderMigrationNames(names: string[]): string[] {
  const byNumber = new Map<bigint, string>()
  for (const name of names) {
    const digits = migrationName.exec(name)?.[1]
    if (digits === undefined) {
      throw refusal(
        'db.migration_name',
        `Rename the migration ${name}: it must look like 0001_what_it_does.sql.`,
      )
    }
    const other = byNumber.get(BigInt(digits))
    if (other !== undefined) {
      throw refusal(
        'db.migration_duplicate',
        `The migrations ${other} and ${name} share a number. Renumber the newer one.`,
      )
    }
    byNumber.set(BigInt(digits), name)
  }
  return [...byNumber].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name)
}

/** Compares the folder with the applied migrations; returns the pending ones in order. */
export function planMigrations(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  const checksums = new Map(applied.map((row) => [row.name, row.checksum]))
  const known = new Set(files.map((file) => file.name))
  for (const row of applied) {
    if (!known.has(row.name)) {
      throw refusal(
        'db.migration_missing',
        `The database has the migration ${row.name}, which this version does not contain. Use the version that created this data, or a newer one.`,
      )
    }
  }
  const pending: MigrationFile[] = []
  for (const file of files) {
    const checksum = checksums.get(file.name)
    if (checksum === undefined) {
      pending.push(file)
      continue
    }
    if (checksum !== file.checksum && !file.replaces.includes(checksum)) {
      throw refusal(
        'db.migration_changed',
        `The migration ${file.name} was edited after it was applied. Restore it and add a new file instead.`,
      )
    }
    const skipped = pending[0]
    if (skipped !== undefined) {
      throw refusal(
        'db.migration_order',
        `The migration ${skipped.name} comes before ${file.name}, which is already applied. Give it a higher number.`,
      )
    }
  }
  return pending
}

async function ensureTable(
  client: Client,
  table: { schema: string; name: string; key: string },
): Promise<void> {
  await inTransaction(client, table.key, async () => {
    await client.query(`create schema if not exists ${table.schema}`)
    await client.query(
      `create table if not exists ${table.name} (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`,
    )
    await client.query(`alter table ${table.name} enable row level security`)
  })
}

/**
 * Queries name no schema. If the role would use another schema first (one with its own name, or from its search_path),
 * this sets the search_path of its next connections to the one that the migrations use.
 */
async function setSearchPath(client: Client): Promise<void> {
  const { rows } = await client.query<{ first: string | null; database: string }>(
    'select current_schema() as first, current_database() as database',
  )
  const [found] = rows
  if (found === undefined || found.first === 'public') return
  const database = escapeIdentifier(found.database)
  await client.query(`alter role current_user in database ${database} set search_path to ${schemas}`)
}

async function applyNext(
  client: Client,
  table: { name: string; key: string },
  files: MigrationFile[],
): Promise<string | null> {
  return inTransaction(client, table.key, async () => {
    const { rows } = await client.query<AppliedMigration>(`select name, checksum from ${table.name}`)
    const next = planMigrations(files, rows)[0]
    if (next === undefined) return null
    try {
      await client.query(next.sql)
    } catch (error) {
      throw failure(next, error)
    }
    await client.query(`insert into ${table.name} (name, checksum) values ($1, $2)`, [
      next.name,
      next.checksum,
    ])
    return next.name
  })
}

async function inTransaction<T>(client: Client, key: string, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    // Two processes may start together; the second waits here and then finds nothing to do.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', [key])
    // Tables belong in one schema, for any role and any search_path.
    await client.query(`set local search_path to ${schemas}`)
    const result = await work()
    await client.query('commit')
    return result
  } catch (error) {
    // When the connection is lost, the server has already rolled back; the first error gives the reason.
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

function quoteTable(table: string): { schema: string; name: string; key: string } {
  const [schema, name, ...rest] = table.split('.')
  if (!schema || !name || rest.length > 0) {
    throw refusal('db.migration_table', `Name the migrations table as schema.table, not "${table}".`)
  }
  return {
    schema: escapeIdentifier(schema),
    name: `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
    key: table,
  }
}

function failure(file: MigrationFile, error: unknown): AppError {
  const detail = error instanceof Error ? error.message : String(error)
  const position = error instanceof DatabaseError && error.position ? Number(error.position) : null
  const line = position === null ? '' : ` at line ${file.sql.slice(0, position).split('\n').length}`
  return new AppError(
    'internal',
    `The migration ${file.name} failed${line}: ${detail}. It was rolled back.`,
    {
      reason: 'db.migration_failed',
      cause: error,
    },
  )
}

function refusal(reason: string, message: string): AppError {
  return new AppError('conflict', message, { reason })
}
