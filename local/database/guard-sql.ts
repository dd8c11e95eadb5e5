import type { Refusal } from './check-setting.ts'
import type { StatementNames } from './name-statements.ts'
import { quoteName } from './quote-name.ts'
import { type ReadStatement, readStatement, type SqlEdit } from './read-statement.ts'
import { refuseStatement } from './refuse-statement.ts'
import { scanSql } from './scan-sql.ts'
import { noEffects, type SqlEffects } from './sql-effects.ts'

export interface Verdict {
  refusal: Refusal | null
  /** Parts of the text to replace, in order. */
  edits: SqlEdit[]
  /** What the SQL changes when it is executed. */
  effects: SqlEffects
}

/** Replaces refused SQL. It cannot be parsed, so Postgres itself keeps the transaction state right. */
export const refusedSql = 'selah_refused'

const harmless: Verdict = { refusal: null, edits: [], effects: noEffects }
const suspicious =
  /\b(?:copy|prepare|execute|deallocate|discard|declare|listen|unlisten|set|reset|set_config|temp|temporary|pg_temp|currval|lastval|pg_export_snapshot|pg_cancel_backend|pg_terminate_backend|pg_(?:try_)?advisory_lock(?:_shared)?)\b/i
const rememberedTexts = 1_000
const rememberedTextLength = 10_000
const remembered = new Map<string, Verdict>()

/**
 * Decides which SQL may run in the one session that all clients share, and how it must be changed first.
 * Refused: what would end the process (COPY other than to the client's own output) and what other clients would
 * see and cannot be kept for one client (temporary tables, session locks, cursors that outlive a transaction,
 * sequence values of the session).
 */
export function guardSql(sql: string): Verdict {
  if (!suspicious.test(sql)) return harmless
  const known = remembered.get(sql)
  if (known !== undefined) return known
  const verdict = checkStatements(sql)
  if (sql.length <= rememberedTextLength) {
    if (remembered.size >= rememberedTexts) remembered.clear()
    remembered.set(sql, verdict)
  }
  return verdict
}

/** Applies the edits for one client; its statements have prefixed names in the shared session. */
export function editSql(sql: string, edits: SqlEdit[], names: StatementNames): string {
  let edited = ''
  let copied = 0
  for (const edit of edits) {
    edited += sql.slice(copied, edit.start) + replacement(edit, names)
    copied = edit.end
  }
  return edited + sql.slice(copied)
}

function replacement(edit: SqlEdit, names: StatementNames): string {
  switch (edit.kind) {
    case 'text':
      return edit.text
    case 'statementName': {
      const own = names.own(edit.name)
      if (edit.isNew) names.existing.add(own)
      return quoteName(own)
    }
    case 'dropStatements':
      return `do $selah$ declare one text; begin
        for one in select name from pg_catalog.pg_prepared_statements
          where pg_catalog.starts_with(name, '${names.prefix}')
        loop execute pg_catalog.format('deallocate %I', one); end loop; ${edit.then} end $selah$`
    default:
      return edit satisfies never
  }
}

function checkStatements(sql: string): Verdict {
  const read: ReadStatement[] = []
  for (const statement of scanSql(sql)) {
    const refusal = refuseStatement(statement)
    if (refusal !== null) return { refusal, edits: [], effects: noEffects }
    read.push(readStatement(statement))
  }
  const edits = read.flatMap((one) => one.edits)
  const channelChanges = read.flatMap((one) => one.channelChanges)
  const settings = read.flatMap((one) => one.settings ?? [])
  if (edits.length === 0 && channelChanges.length === 0 && settings.length === 0) return harmless
  return {
    refusal: null,
    edits,
    effects: {
      channelChanges,
      settings:
        settings.length === 0
          ? null
          : {
              session: settings.some((one) => one.session),
              localTimeout: settings.some((one) => one.localTimeout),
              customNames: settings.flatMap((one) => one.customNames),
            },
    },
  }
}
