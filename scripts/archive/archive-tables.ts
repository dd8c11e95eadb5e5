import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import type { ArchivedTable } from './archive-manifest.ts'

/**
 * Tables that are not archived: what belongs to running processes or one machine, what was measured, and what is
 * derived from other tables.
 */
const left = [
  'background_leases',
  'known_clients',
  'logs',
  'metric_observations',
  'metric_totals',
  'notifications',
  'rate_limits',
  'search_changes',
  'session_uses',
  'spans',
]
const rowsPerPage = 50

/** Connects for reading and writing whole tables. Times and numbers are written in one way on every server. */
export async function connectTables(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  await client.query(`set timezone to 'UTC'`)
  return client
}

/** The archived tables; each comes after the tables that it refers to. */
export async function listTables(client: Client): Promise<string[]> {
  const tables = await client.query<{ name: string }>(
    `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ($1)
         and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
       order by relname`,
    [left],
  )
  const references = await client.query<{ table: string; to: string }>(
    `select conrelid::regclass::text as table, confrelid::regclass::text as to from pg_constraint
       where contype = 'f' and connamespace = 'public'::regnamespace and conrelid <> confrelid`,
  )
  const sorted: string[] = []
  const waiting = new Set(tables.rows.map(({ name }) => name))
  while (waiting.size > 0) {
    const ready = [...waiting].filter((name) =>
      references.rows.every(({ table, to }) => table !== name || !waiting.has(to)),
    )
    if (ready.length === 0) throw new Error(`These tables refer to each other: ${[...waiting].join(', ')}`)
    for (const name of ready) waiting.delete(name)
    sorted.push(...ready)
  }
  return sorted
}

/** The migrations of the product that the database has. */
export async function listMigrations(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from selah.schema_migrations order by name',
  )
  return rows.map(({ name }) => name)
}

/** Counts the rows of a table and hashes their contents, independent of their order. */
export async function hashTable(client: Client, name: string): Promise<ArchivedTable> {
  const { rows } = await client.query<{ rows: number; sha256: string }>(
    `select count(*)::int as rows,
            encode(sha256(convert_to(coalesce(string_agg(hash, '' order by hash), ''), 'UTF8')), 'hex') as sha256
       from (select md5(to_jsonb(t)::text) as hash from ${quote(name)} t) hashes`,
  )
  return { name, rows: rows[0]?.rows ?? 0, sha256: rows[0]?.sha256 ?? '' }
}

/** Writes the rows of a table to a file, one JSON object in each line. */
export async function dumpTable(
  client: Client,
  { name, file }: { name: string; file: string },
): Promise<void> {
  const key = await readKey(client, name)
  const columns = key.map((column) => `t.${quote(column)}`).join(', ')
  await using output = await open(file, 'w', 0o600)
  for (let after: string | null = null; ; ) {
    // Rows after the last one of the page before, whatever the types of its key are.
    const page: { rows: { row: string }[] } = await client.query<{ row: string }>(
      `select to_jsonb(t)::text as row from ${quote(name)} t
         ${after === null ? '' : `where (${columns}) > (select ${columns} from jsonb_populate_record(null::${quote(name)}, $1::jsonb) t)`}
         order by ${columns} limit ${rowsPerPage}`,
      after === null ? [] : [after],
    )
    for (const { row } of page.rows) await output.write(`${row}\n`)
    after = page.rows.at(-1)?.row ?? null
    if (page.rows.length < rowsPerPage) break
  }
  await output.sync()
}

/** Stores the rows of a file in an empty table, and continues its sequences after them. */
export async function loadTable(
  client: Client,
  { name, file }: { name: string; file: string },
): Promise<void> {
  const columns = (await readStoredColumns(client, name)).map(quote).join(', ')
  const store = async (rows: string[]) => {
    await client.query(
      `insert into ${quote(name)} (${columns}) overriding system value
         select ${columns} from jsonb_populate_recordset(null::${quote(name)}, $1::jsonb)`,
      [`[${rows.join(',')}]`],
    )
  }
  let page: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    page.push(line)
    if (page.length < rowsPerPage) continue
    await store(page)
    page = []
  }
  if (page.length > 0) await store(page)
  await continueSequences(client, name)
}

async function continueSequences(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ column: string; sequence: string }>(
    `select attname as column, pg_get_serial_sequence($1, attname) as sequence from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped
         and pg_get_serial_sequence($1, attname) is not null`,
    [quote(name)],
  )
  for (const { column, sequence } of rows) {
    await client.query(
      `select setval($1, coalesce(max(${quote(column)}), 1), count(*) > 0) from ${quote(name)}`,
      [sequence],
    )
  }
}

async function readKey(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_index
       cross join lateral unnest(indkey::int2[]) with ordinality keys(attnum, position)
       join pg_attribute on attrelid = indrelid and pg_attribute.attnum = keys.attnum
       where indrelid = $1::regclass and indisprimary order by position`,
    [quote(name)],
  )
  if (rows.length === 0) throw new Error(`The table ${name} has no primary key`)
  return rows.map((row) => row.name)
}

async function readStoredColumns(client: Client, name: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [quote(name)],
  )
  return rows.map((row) => row.name)
}

/** A table or column of our own as an SQL identifier. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
