export interface SqlToken {
  kind: 'word' | 'quoted' | 'literal' | 'symbol'
  /** Words in lower case; quoted names and plain strings without quotes; empty for other strings. */
  text: string
  start: number
  end: number
}

const space = /[\s]+|--[^\n]*/y
const word = /[\p{L}_\u0080-\uffff][\p{L}\p{N}_$\u0080-\uffff]*/uy
const number = /\d[\w.]*/y
const quotedName = /"(?:[^"]|"")*(?:"|$)/y
const plainString = /'(?:[^']|'')*(?:'|$)/y
const escapeString = /'(?:[^'\\]|''|\\[\s\S])*(?:'|$)/y
const dollarQuote = /\$(?:[\p{L}_\u0080-\uffff][\p{L}\p{N}_\u0080-\uffff]*)?\$/uy

/**
 * Splits SQL text into statements of tokens as Postgres' own lexer does: comments (also nested), strings,
 * dollar quotes and quoted names cannot hide or fake a keyword. Empty statements are left out.
 */
export function scanSql(sql: string): SqlToken[][] {
  const statements: SqlToken[][] = []
  let current: SqlToken[] = []
  let offset = 0
  while (offset < sql.length) {
    const token = readToken(sql, offset)
    offset = token.end
    if (token.kind === 'skip') continue
    if (token.kind === 'symbol' && token.text === ';') {
      if (current.length > 0) statements.push(current)
      current = []
      continue
    }
    current.push({ kind: token.kind, text: token.text, start: token.start, end: token.end })
  }
  if (current.length > 0) statements.push(current)
  return statements
}

/** The words of a statement at their positions, with an empty text for every other token. */
export function wordsOf(statement: SqlToken[]): string[] {
  return statement.map((token) => (token.kind === 'word' ? token.text : ''))
}

export function isName(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === 'word' || token?.kind === 'quoted'
}

export function isSymbol(token: SqlToken | undefined, text: string): boolean {
  return token?.kind === 'symbol' && token.text === text
}

/** Finds the calls of a function by its name; returns the arguments of each call as tokens. */
export function findCalls(statement: SqlToken[], name: string): SqlToken[][][] {
  const calls: SqlToken[][][] = []
  for (const [index, token] of statement.entries()) {
    if (isName(token) && token.text === name && isSymbol(statement[index + 1], '(')) {
      calls.push(readArguments(statement, index + 1))
    }
  }
  return calls
}

function readArguments(statement: SqlToken[], open: number): SqlToken[][] {
  const found: SqlToken[][] = []
  let current: SqlToken[] = []
  let depth = 0
  for (const token of statement.slice(open)) {
    if (isSymbol(token, '(')) depth += 1
    if (isSymbol(token, ')')) depth -= 1
    if (depth === 0) break
    if (depth === 1 && isSymbol(token, ',')) {
      found.push(current)
      current = []
    } else if (depth > 1 || !isSymbol(token, '(')) {
      current.push(token)
    }
  }
  return [...found, current]
}

type Scanned = Omit<SqlToken, 'kind'> & { kind: SqlToken['kind'] | 'skip' }

function readToken(sql: string, start: number): Scanned {
  const skipped = endOf(space, sql, start)
  if (skipped !== null) return { kind: 'skip', text: '', start, end: skipped }
  if (sql.startsWith('/*', start))
    return { kind: 'skip', text: '', start, end: endOfBlockComment(sql, start) }
  const first = sql[start] ?? ''
  if (first === '"') {
    const end = endOf(quotedName, sql, start) ?? sql.length
    return { kind: 'quoted', text: sql.slice(start + 1, end - 1).replaceAll('""', '"'), start, end }
  }
  if (first === "'") {
    const end = endOf(plainString, sql, start) ?? sql.length
    return { kind: 'literal', text: sql.slice(start + 1, end - 1).replaceAll("''", "'"), start, end }
  }
  if (first === '$') {
    const opened = endOf(dollarQuote, sql, start)
    if (opened !== null) {
      const closing = sql.indexOf(sql.slice(start, opened), opened)
      const end = closing === -1 ? sql.length : closing + (opened - start)
      return { kind: 'literal', text: '', start, end }
    }
  }
  const wordEnd = endOf(word, sql, start)
  if (wordEnd !== null) {
    const text = sql.slice(start, wordEnd).toLowerCase()
    if (text === 'e' && sql[wordEnd] === "'") {
      return { kind: 'literal', text: '', start, end: endOf(escapeString, sql, wordEnd) ?? sql.length }
    }
    return { kind: 'word', text, start, end: wordEnd }
  }
  const numberEnd = endOf(number, sql, start)
  if (numberEnd !== null) return { kind: 'literal', text: sql.slice(start, numberEnd), start, end: numberEnd }
  return { kind: 'symbol', text: first, start, end: start + 1 }
}

function endOf(pattern: RegExp, sql: string, start: number): number | null {
  pattern.lastIndex = start
  return pattern.test(sql) ? pattern.lastIndex : null
}

function endOfBlockComment(sql: string, start: number): number {
  let depth = 1
  let offset = start + 2
  while (offset < sql.length && depth > 0) {
    if (sql.startsWith('/*', offset)) {
      depth += 1
      offset += 2
    } else if (sql.startsWith('*/', offset)) {
      depth -= 1
      offset += 2
    } else {
      offset += 1
    }
  }
  return offset
}
