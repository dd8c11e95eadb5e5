import { quoteName } from './quote-name.ts'

/** The session settings of one client: lower-case names and the value texts of Postgres. */
export type SessionSettings = ReadonlyMap<string, string>

/** The settings that Postgres reports to every client at the start of a connection. */
const reported = [
  'application_name',
  'client_encoding',
  'DateStyle',
  'default_transaction_read_only',
  'in_hot_standby',
  'integer_datetimes',
  'IntervalStyle',
  'is_superuser',
  'scram_iterations',
  'search_path',
  'server_encoding',
  'server_version',
  'standard_conforming_strings',
  'TimeZone',
]

/** SQL whose rows `readParameters` reads. */
export const parametersSql = `select 'parameter', name, pg_catalog.current_setting(name)
  from pg_catalog.unnest(${textArray(reported)}) name`

/**
 * SQL whose rows `readSettings` reads: the settings made with SET, the role, and those of `customNames`. Must run
 * outside a transaction, because inside one the settings of SET LOCAL would be included.
 */
export function settingsSql(customNames: Iterable<string>): string {
  return `select 'setting', pg_catalog.lower(name), setting from pg_catalog.pg_settings
    where source = 'session' and name not like 'transaction\\_%only' and name not like 'transaction\\_deferrable'
      and name <> 'transaction_isolation'
    union all select 'setting', 'role', pg_catalog.current_setting('role')
    where pg_catalog.current_setting('role') <> 'none'
    union all select 'setting', name, pg_catalog.current_setting(name, true)
    from pg_catalog.unnest(${textArray([...customNames])}) name
    where pg_catalog.current_setting(name, true) <> ''`
}

export function readParameters(rows: (string | null)[][]): [name: string, value: string][] {
  return rows.flatMap(([kind, name, value]) =>
    kind === 'parameter' && name && value !== null ? [[name, value ?? '']] : [],
  )
}

export function readSettings(rows: (string | null)[][]): SessionSettings {
  const settings = new Map<string, string>()
  for (const [kind, name, value] of rows) if (kind === 'setting' && name) settings.set(name, value ?? '')
  return settings
}

/**
 * Returns the SQL that changes the session from one client's settings to another's, or null when they are equal.
 * `from` is null when the current settings are not known.
 */
export function switchSql(from: SessionSettings | null, to: SessionSettings): string | null {
  if (from === to) return null
  const statements: string[] = []
  const changed = [...to].filter(([name, value]) => from?.get(name) !== value || name === 'role')
  const removed = from === null ? [] : [...from.keys()].filter((name) => !to.has(name) && name !== 'role')
  if (from === null) statements.push('RESET ALL')
  for (const name of removed) statements.push(`RESET ${quoteName(name)}`)
  const role = to.get('role')
  for (const [name, value] of changed) if (name !== 'role') statements.push(setConfig(name, value))
  if (statements.length === 0 && from?.get('role') === role) return null
  // A role may not be allowed to change a setting, so it is reset first and set last.
  statements.unshift('RESET ROLE')
  if (role !== undefined) statements.push(setConfig('role', role))
  return statements.join('; ')
}

function setConfig(name: string, value: string): string {
  return `select pg_catalog.set_config(${quoteText(name)}, ${quoteText(value)}, false)`
}

function textArray(values: string[]): string {
  return `array[${values.map(quoteText).join(', ')}]::pg_catalog.text[]`
}

function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
