import { quoteName } from './quote-name.ts'
import { isTrue } from './refuse-statement.ts'
import { findCalls, isName, type SqlToken, wordsOf } from './scan-sql.ts'
import type { ChannelChange, SettingsEffect } from './sql-effects.ts'

export type SqlEdit = { start: number; end: number } & (
  | { kind: 'text'; text: string }
  /** The name of a prepared statement, which differs in the shared session. */
  | { kind: 'statementName'; name: string; isNew: boolean }
  /** Drops every prepared statement of the client, then runs `then` (PL/pgSQL statements). */
  | { kind: 'dropStatements'; then: string }
)

export interface ReadStatement {
  edits: SqlEdit[]
  channelChanges: ChannelChange[]
  settings: SettingsEffect | null
}

const timeouts = new Set(['statement_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout'])
/** A channel that no client uses, so that an UNLISTEN of it does nothing. */
const unusedChannel = quoteName('selah unused channel')
const nothing: ReadStatement = { edits: [], channelChanges: [], settings: null }
const sessionChange: SettingsEffect = { session: true, localTimeout: false, customNames: [] }

/** Reads which state of its connection an allowed statement changes, and how its text must be edited. */
export function readStatement(statement: SqlToken[]): ReadStatement {
  const words = wordsOf(statement)
  switch (words[0]) {
    case 'listen':
    case 'unlisten':
      return readChannelChange(statement)
    case 'prepare':
    case 'execute':
    case 'deallocate':
      return readStatementName(statement, words)
    case 'explain':
    case 'create':
      return readNestedExecute(statement, words)
    case 'discard':
      return words[1] === 'all' ? discardAll(statement) : nothing
    case 'set':
      return { ...nothing, settings: readSet(statement, words) }
    case 'reset':
      return { ...nothing, settings: { ...sessionChange, customNames: customName(statement, 1) } }
    default:
      return { ...nothing, settings: readSetConfig(statement) }
  }
}

function readChannelChange(statement: SqlToken[]): ReadStatement {
  const [verb, target] = statement
  if (verb === undefined || target === undefined || statement.length !== 2) return nothing
  const all = target.kind === 'symbol' && target.text === '*'
  if (!all && !isName(target)) return nothing
  if (verb.text === 'listen') {
    return all ? nothing : { ...nothing, channelChanges: [{ kind: 'listen', channel: target.text }] }
  }
  return {
    ...nothing,
    // Other clients may still listen there. The real UNLISTEN follows when the last one has left.
    edits: [{ kind: 'text', text: unusedChannel, start: target.start, end: target.end }],
    channelChanges: [all ? { kind: 'unlistenAll' } : { kind: 'unlisten', channel: target.text }],
  }
}

function readStatementName(statement: SqlToken[], words: string[]): ReadStatement {
  if (words[0] === 'prepare') return words[1] === 'transaction' ? nothing : nameEdit(statement[1], true)
  if (words[0] === 'execute') return nameEdit(statement[1])
  const target = statement[words[1] === 'prepare' && statement.length > 2 ? 2 : 1]
  if (target?.kind !== 'word' || target.text !== 'all') return nameEdit(target)
  return { ...nothing, edits: [dropStatements(statement, '')] }
}

/** EXPLAIN EXECUTE and CREATE TABLE … AS EXECUTE. */
function readNestedExecute(statement: SqlToken[], words: string[]): ReadStatement {
  const at = words.indexOf('execute')
  const explains = words[0] === 'explain'
  const isNested = at > 0 && (explains || words[at - 1] === 'as')
  const settings = explains ? readSetConfig(statement) : null
  return isNested ? { ...nameEdit(statement[at + 1]), settings } : { ...nothing, settings }
}

function nameEdit(token: SqlToken | undefined, isNew = false): ReadStatement {
  if (!isName(token)) return nothing
  const { start, end, text } = token
  return { ...nothing, edits: [{ kind: 'statementName', name: text, isNew, start, end }] }
}

function discardAll(statement: SqlToken[]): ReadStatement {
  return {
    edits: [dropStatements(statement, "execute 'reset role'; execute 'reset all';")],
    channelChanges: [{ kind: 'unlistenAll' }],
    settings: sessionChange,
  }
}

function dropStatements(statement: SqlToken[], then: string): SqlEdit {
  const start = statement[0]?.start ?? 0
  return { kind: 'dropStatements', then, start, end: statement.at(-1)?.end ?? start }
}

function readSet(statement: SqlToken[], words: string[]): SettingsEffect | null {
  if (words[1] === 'transaction' || words[1] === 'constraints') return null
  if (words[1] !== 'local')
    return { ...sessionChange, customNames: customName(statement, words[1] === 'session' ? 2 : 1) }
  const name = statement[2]?.text.toLowerCase() ?? ''
  return timeouts.has(name) ? { session: false, localTimeout: true, customNames: [] } : null
}

function readSetConfig(statement: SqlToken[]): SettingsEffect | null {
  const effect: SettingsEffect = { session: false, localTimeout: false, customNames: [] }
  for (const [name, , local] of findCalls(statement, 'set_config')) {
    const text = name?.[0]?.text.toLowerCase() ?? ''
    if (isTrue(local)) {
      effect.localTimeout ||= timeouts.has(text)
    } else {
      effect.session = true
      if (text.includes('.')) effect.customNames.push(text)
    }
  }
  return effect.session || effect.localTimeout ? effect : null
}

/** Reads a name such as `app.tenant`, or `"app.tenant"`. */
function customName(statement: SqlToken[], at: number): string[] {
  const parts: string[] = []
  for (let index = at; index < statement.length; index += 2) {
    const token = statement[index]
    if (token === undefined || !isName(token)) break
    parts.push(token.text.toLowerCase())
    if (statement[index + 1]?.text !== '.') break
  }
  const name = parts.join('.')
  return name.includes('.') ? [name] : []
}
