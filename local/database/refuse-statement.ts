import { checkSetting, type Refusal } from './check-setting.ts'
import { findCalls, isName, isSymbol, type SqlToken, wordsOf } from './scan-sql.ts'

const sessionLocks = [
  'pg_advisory_lock',
  'pg_advisory_lock_shared',
  'pg_try_advisory_lock',
  'pg_try_advisory_lock_shared',
]

/** Returns why a statement must not run in the shared session, or null when it may. */
export function refuseStatement(statement: SqlToken[]): Refusal | null {
  const words = wordsOf(statement)
  switch (words[0]) {
    case 'copy':
      return refuseCopy(statement)
    case 'declare':
      return holdsCursor(words) ? longCursor : null
    case 'set':
      return refuseSet(statement, words)
    case 'prepare':
      return findSessionSetConfig(statement) ? preparedSetting : refuseAnywhere(statement, words)
    default:
      return refuseAnywhere(statement, words)
  }
}

function refuseSet(statement: SqlToken[], words: string[]): Refusal | null {
  const at = words[1] === 'session' || words[1] === 'local' ? 2 : 1
  if (words[at] === 'transaction') return words[at + 1] === 'snapshot' ? snapshot : null
  if (words[1] === 'session' && words[2] === 'authorization')
    return checkSetting('session_authorization', null)
  const value = statement.at(-1)
  return checkSetting(statement[at]?.text ?? '', value?.text ?? null)
}

function refuseAnywhere(statement: SqlToken[], words: string[]): Refusal | null {
  const calls = (name: string): boolean => findCalls(statement, name).length > 0
  if (sessionLocks.some(calls)) return sessionLock
  if (calls('pg_export_snapshot')) return snapshot
  if (calls('pg_cancel_backend') || calls('pg_terminate_backend')) return otherBackend
  if (calls('lastval') || calls('currval')) return sessionSequence
  return refuseSetConfig(statement) ?? (makesTemporaryTable(statement, words) ? temporaryTable : null)
}

function refuseSetConfig(statement: SqlToken[]): Refusal | null {
  for (const [name, value, local] of findCalls(statement, 'set_config')) {
    const setting = readSettingName(statement, name)
    if (setting === null && !isTrue(local)) return unknownSetting
    if (setting === null) continue
    const literal = value?.[0]?.kind === 'literal' && value.length === 1 ? value[0].text : null
    const refusal = checkSetting(setting, literal)
    if (refusal !== null) return refusal
  }
  return null
}

function findSessionSetConfig(statement: SqlToken[]): boolean {
  return findCalls(statement, 'set_config').some(([, , local]) => !isTrue(local))
}

/**
 * Returns the setting in the first argument of set_config: a constant, or the column `name` of a statement that ends
 * with `from pg_settings where name = '…'`, like in pg_dump and pg_restore. Null when it is unknown.
 */
function readSettingName(statement: SqlToken[], argument: SqlToken[] | undefined): string | null {
  const [token, more] = argument ?? []
  if (token === undefined || more !== undefined) return null
  if (token.kind === 'literal') return token.text === '' ? null : token.text
  const setting = statement.at(-1)
  const clause = statement.slice(-6, -1).map(({ text }) => text.toLowerCase())
  const isFromSettings = clause.join(' ') === 'from pg_settings where name =' || isQualified(statement)
  return token.text === 'name' && isFromSettings && setting?.kind === 'literal' ? setting.text : null
}

function isQualified(statement: SqlToken[]): boolean {
  const clause = statement.slice(-8, -1).map(({ text }) => text.toLowerCase())
  return clause.join(' ') === 'from pg_catalog . pg_settings where name ='
}

/** Whether the third argument of set_config certainly limits the setting to its transaction. */
export function isTrue(argument: SqlToken[] | undefined): boolean {
  const [token, more] = argument ?? []
  return token?.kind === 'word' && token.text === 'true' && more === undefined
}

function makesTemporaryTable(statement: SqlToken[], words: string[]): boolean {
  const dropped = words.some(
    (one, at) => one === 'on' && words[at + 1] === 'commit' && words[at + 2] === 'drop',
  )
  return statement.some((token, index) => {
    if (token.kind === 'quoted' || token.kind === 'word') {
      const isTemporarySchema = token.text === 'pg_temp' && isSymbol(statement[index + 1], '.')
      if (isTemporarySchema && words[0] === 'create') return true
    }
    if (words[index] !== 'temp' && words[index] !== 'temporary') return false
    const before = words[index - 1] ?? ''
    const creates = words[0] === 'create' && ['create', 'local', 'global', 'replace'].includes(before)
    return (creates && !dropped) || (before === 'into' && words[0] !== 'insert')
  })
}

function refuseCopy(statement: SqlToken[]): Refusal | null {
  let depth = 0
  for (const [index, token] of statement.entries()) {
    if (isSymbol(token, '(')) depth += 1
    if (isSymbol(token, ')')) depth -= 1
    if (depth > 0 || token.kind !== 'word') continue
    if (token.text === 'from') return copyIn
    if (token.text === 'to') {
      const target = statement[index + 1]
      return isName(target) && target.text === 'stdout' ? null : copyIn
    }
  }
  return null
}

function holdsCursor(words: string[]): boolean {
  const query = words.indexOf('for')
  const hold = words.indexOf('hold')
  return hold > 0 && words[hold - 1] === 'with' && (query === -1 || hold < query)
}

const copyIn: Refusal = {
  message: 'COPY from a client or file is not available on the embedded database',
  hint: 'Use INSERT with many rows, for example from unnest($1::text[]), or pg_dump with --inserts.',
}
const longCursor: Refusal = {
  message: 'a cursor WITH HOLD is not available on the embedded database',
  hint: 'Read it inside one transaction, or page by key.',
}
const preparedSetting: Refusal = {
  message: 'a prepared set_config for the session is not available on the embedded database',
  hint: 'Use SET.',
}
const unknownSetting: Refusal = {
  message:
    'on the embedded database set_config needs the name as a constant unless its last argument is true',
  hint: 'Write the name into the text of the statement, or use set_config(name, value, true) in a transaction.',
}
const temporaryTable: Refusal = {
  message: 'temporary tables are shared by every client of the embedded database',
  hint: 'Use a CTE or unnest, or CREATE TEMP TABLE … ON COMMIT DROP inside a transaction.',
}
const sessionLock: Refusal = {
  message: 'session advisory locks do not exclude other clients of the embedded database',
  hint: 'Use pg_advisory_xact_lock inside a transaction, or a row with a unique key.',
}
const snapshot: Refusal = {
  message: 'snapshots cannot be shared between connections of the embedded database',
  hint: 'Use one connection; pg_dump works without --jobs.',
}
const otherBackend: Refusal = {
  message:
    'every client of the embedded database shares one backend, so it cannot be cancelled by its process id',
  hint: 'Send a cancel request on the protocol, as psql does on Ctrl-C.',
}
const sessionSequence: Refusal = {
  message: 'currval and lastval are shared by every client of the embedded database',
  hint: 'Use INSERT … RETURNING, or nextval.',
}
