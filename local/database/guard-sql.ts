import { type SqlToken, scanSql } from './scan-sql.ts'

export type ChannelChange = { kind: 'listen' | 'unlisten'; channel: string } | { kind: 'unlistenAll' }

export interface Refusal {
  message: string
  hint: string
}

export interface Verdict {
  /** What to send to Postgres instead, or null when the text may go as it is. */
  replacement: string | null
  refusal: Refusal | null
  channelChanges: ChannelChange[]
}

/** Stands in for refused SQL. It cannot parse, so Postgres itself keeps the transaction state right. */
export const refusedSql = 'selah_refused'

const harmless: Verdict = { replacement: null, refusal: null, channelChanges: [] }
const suspicious =
  /\b(?:copy|prepare|execute|deallocate|discard|declare|listen|unlisten|set|set_config|temp|temporary|pg_(?:try_)?advisory_lock(?:_shared)?)\b/i
const sessionLock = /^pg_(?:try_)?advisory_lock(?:_shared)?$/
const rememberedTexts = 1_000
const rememberedTextLength = 10_000
const remembered = new Map<string, Verdict>()

/**
 * Decides what SQL may reach the one session that every client shares. Refused: what would end the process
 * (COPY from or to anything but the client's own output) and what would leak to other clients (session SET,
 * SQL-level prepared statements, temporary tables, session locks, cursors that outlive a transaction).
 */
export function guardSql(sql: string): Verdict {
  if (!suspicious.test(sql)) return harmless
  const known = remembered.get(sql)
  if (known !== undefined) return known
  const verdict = judge(sql)
  if (sql.length <= rememberedTextLength) {
    if (remembered.size >= rememberedTexts) remembered.clear()
    remembered.set(sql, verdict)
  }
  return verdict
}

function judge(sql: string): Verdict {
  const channelChanges: ChannelChange[] = []
  let replacement: string | null = null
  let shift = 0
  for (const statement of scanSql(sql)) {
    const refusal = refuse(statement)
    if (refusal !== null) return { replacement: refusedSql, refusal, channelChanges: [] }
    const change = readChannelChange(statement)
    if (change === null) continue
    channelChanges.push(change)
    if (change.kind === 'listen') continue
    // Others may still listen there: the real UNLISTEN follows when the last of them has left.
    const target = statement[1]
    if (target === undefined) continue
    const before: string = replacement ?? sql
    const nobody = '"selah nobody"'
    replacement = before.slice(0, target.start + shift) + nobody + before.slice(target.end + shift)
    shift += nobody.length - (target.end - target.start)
  }
  if (replacement === null && channelChanges.length === 0) return harmless
  return { replacement, refusal: null, channelChanges }
}

function refuse(statement: SqlToken[]): Refusal | null {
  const words = statement.map((token) => (token.kind === 'word' ? token.text : ''))
  const first = words[0]
  switch (first) {
    case 'copy':
      return refuseCopy(statement)
    case 'prepare':
      if (words[1] === 'transaction') return null
      return statementNames
    case 'execute':
    case 'deallocate':
      return statementNames
    case 'discard':
      return words[1] === 'all' ? statementNames : null
    case 'declare':
      return holdsCursor(words) ? longCursor : null
    case 'set':
      return ['local', 'transaction', 'constraints'].includes(words[1] ?? '') ? null : sessionSetting
    default:
      return refuseAnywhere(statement, words)
  }
}

function refuseAnywhere(statement: SqlToken[], words: string[]): Refusal | null {
  for (const [index, text] of words.entries()) {
    const called = statement[index + 1]?.text === '('
    if (called && sessionLock.test(text)) return sessionLockRefusal
    if (called && text === 'set_config' && setsForSession(statement, index + 1)) return sessionSetting
    if (text !== 'temp' && text !== 'temporary') continue
    const before = words[index - 1]
    const creates = before === 'create' || before === 'local' || before === 'global' || before === 'replace'
    const selectsInto = before === 'into' && words[0] !== 'insert'
    const dropped = words.some(
      (one, at) => one === 'on' && words[at + 1] === 'commit' && words[at + 2] === 'drop',
    )
    if ((creates && words[0] === 'create' && !dropped) || selectsInto) return temporaryTable
  }
  return null
}

function refuseCopy(statement: SqlToken[]): Refusal | null {
  let depth = 0
  for (const [index, token] of statement.entries()) {
    if (token.text === '(' && token.kind === 'symbol') depth += 1
    if (token.text === ')' && token.kind === 'symbol') depth -= 1
    if (depth > 0 || token.kind !== 'word') continue
    if (token.text === 'from') return copyRefusal
    if (token.text === 'to') {
      const target = statement[index + 1]
      return target?.kind === 'word' && target.text === 'stdout' ? null : copyRefusal
    }
  }
  return null
}

function holdsCursor(words: string[]): boolean {
  const query = words.indexOf('for')
  const hold = words.indexOf('hold')
  return hold > 0 && words[hold - 1] === 'with' && (query === -1 || hold < query)
}

function setsForSession(statement: SqlToken[], open: number): boolean {
  let depth = 0
  for (let index = open; index < statement.length; index += 1) {
    const token = statement[index]
    if (token?.kind !== 'symbol') continue
    if (token.text === '(') depth += 1
    if (token.text === ')') depth -= 1
    if (depth === 0) {
      const last = statement[index - 1]
      return last?.kind === 'word' && last.text === 'false'
    }
  }
  return false
}

function readChannelChange(statement: SqlToken[]): ChannelChange | null {
  const [verb, target] = statement
  if (verb?.kind !== 'word' || target === undefined || statement.length !== 2) return null
  if (verb.text === 'unlisten' && target.kind === 'symbol' && target.text === '*')
    return { kind: 'unlistenAll' }
  if (target.kind !== 'word' && target.kind !== 'quoted') return null
  if (verb.text !== 'listen' && verb.text !== 'unlisten') return null
  return { kind: verb.text, channel: target.text }
}

const copyRefusal: Refusal = {
  message: 'COPY from a client or file is not available on the embedded database',
  hint: 'Use INSERT with many rows, for example from unnest($1::text[]) or json_to_recordset($1).',
}
const statementNames: Refusal = {
  message: 'PREPARE, EXECUTE, DEALLOCATE and DISCARD ALL are not available on the embedded database',
  hint: 'Use the named statements of your driver; each connection has its own.',
}
const longCursor: Refusal = {
  message: 'a cursor WITH HOLD is not available on the embedded database',
  hint: 'Read it inside one transaction, or page by key.',
}
const sessionSetting: Refusal = {
  message: 'session settings are shared by every client of the embedded database',
  hint: 'Use SET LOCAL, or set_config(name, value, true), inside a transaction.',
}
const temporaryTable: Refusal = {
  message: 'temporary tables are shared by every client of the embedded database',
  hint: 'Use a CTE or unnest, or CREATE TEMP TABLE … ON COMMIT DROP inside a transaction.',
}
const sessionLockRefusal: Refusal = {
  message: 'session advisory locks exclude nobody on the embedded database',
  hint: 'Use pg_advisory_xact_lock inside a transaction, or a row with a unique key.',
}
