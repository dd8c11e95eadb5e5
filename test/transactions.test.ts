import { type Node, parseSync, Visitor } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { readSources } from '#test/import-graph.ts'

/**
 * Names of things outside the transaction on which code may wait: another connection, another service, a file, time.
 * A transaction of the embedded database blocks every other client, and one that waits for a second connection of
 * the same pool can deadlock.
 */
const waiting =
  /^(db|pool|services|dependencies|fetch|storage|supabase|jobs|engine|transcriber|delay|sleep|setTimeout|readFile|writeFile)$/

/** Returns `file:line name` for each of these names in the callback of a transaction. */
function findWaiting(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const callbacks: { node: Node; own: Set<string> }[] = []
  const names: { name: string; start: number }[] = []
  new Visitor({
    CallExpression(node) {
      const { callee } = node
      const isTransaction =
        (callee.type === 'MemberExpression' &&
          callee.property.type === 'Identifier' &&
          callee.property.name === 'transaction') ||
        (callee.type === 'Identifier' && callee.name === 'inTransaction')
      if (!isTransaction) return
      const callback = node.arguments.find(({ type }) => type === 'ArrowFunctionExpression')
      if (callback?.type !== 'ArrowFunctionExpression') return
      const own = new Set(callback.params.flatMap((one) => (one.type === 'Identifier' ? [one.name] : [])))
      callbacks.push({ node: callback.body, own })
    },
    Identifier(node) {
      if (waiting.test(node.name)) names.push(node)
    },
  }).visit(program)
  const isKey = (start: number, name: string) => /^\s*:/.test(source.slice(start + name.length))
  const isMember = (start: number) => /\.\s*$/.test(source.slice(0, start))
  return names
    .filter(({ name, start }) =>
      callbacks.some(
        ({ node, own }) =>
          start >= node.start &&
          start < node.end &&
          !own.has(name) &&
          !isMember(start) &&
          !isKey(start, name),
      ),
    )
    .map(({ name, start }) => `${file}:${source.slice(0, start).split('\n').length} ${name}`)
}

describe('inside a transaction', () => {
  test('code uses only the connection of the transaction and waits for nothing else', () => {
    const files = readSources(['app', 'lib', 'local', 'trigger']).filter(({ isTest }) => !isTest)
    const withTransactions = files.filter(({ text }) => /\.transaction\(|inTransaction\(/.test(text))
    expect(withTransactions.length).toBeGreaterThan(35)
    expect(withTransactions.flatMap(({ file, text }) => findWaiting(file, text))).toEqual([])
  })

  test.each([
    [
      'another connection',
      'db.transaction(async (tx) => { await tx.insert(a); await db.select() })',
      ['x.ts:1 db'],
    ],
    ['another service', 'inTransaction(pool, async (tx) => {\n await fetch(url) })', ['x.ts:2 fetch']],
    ['a function that gets the pool', 'db.transaction((tx) => enqueue({ db, now }, tx))', ['x.ts:1 db']],
    ['its own connection under this name', 'db.transaction((db) => enqueue({ db }))', []],
    ['its own connection under that key', 'db.transaction((tx) => enqueue({ db: tx }))', []],
    [
      'work before and after it',
      'await fetch(a); await db.transaction((tx) => tx.insert(a)); await fetch(b)',
      [],
    ],
  ])('%s is recognised', (_, source, expected) => {
    expect([...new Set(findWaiting('x.ts', source))]).toEqual(expected)
  })
})
