import { describe, expect, it } from 'vitest'
import { randomNumbers } from '#test/random-numbers.ts'
import { guardSql, refusedSql } from './guard-sql.ts'
import { scanSql } from './scan-sql.ts'

const refused = [
  'COPY t FROM STDIN',
  'copy t from stdin;',
  'copy public."t" (a, "from") from stdin with (format csv)',
  'copy binary t from stdin',
  '-- a comment\n copy /* one /* nested */ to stdout */ t from stdin',
  "select 'x;y'; copy t from stdin; select 2",
  'copy t from /* to */ program $$ls$$',
  "copy t from '/etc/passwd'",
  "copy t to '/tmp/x'",
  'copy (select 1 from t) to program $$cat$$',
  "select e'it\\'s'; copy t from stdin",
  'select $a$ $b$ $a$; copy t from stdin',
  'select "a""; copy"; copy t from stdin',
  'prepare x as select 1',
  'execute x',
  'deallocate all',
  'DEALLOCATE PREPARE x',
  'discard all',
  'declare c cursor with hold for select 1',
  'set role authenticated',
  'SET search_path TO x',
  'set session authorization x',
  'begin; set time zone utc; commit',
  "select set_config('role', 'x', false)",
  "select a, pg_catalog.set_config('role', (select 'x'), FALSE) from t",
  'create temp table x (a int)',
  'create local temporary table x as select 1',
  'select 1 into temp x',
  'select pg_advisory_lock(1)',
  'select pg_catalog.pg_try_advisory_lock_shared ($1, $2)',
]

const allowed = [
  'copy t to stdout',
  'copy (select a from t) to stdout with csv',
  "select 'copy t from stdin'",
  'select $$; copy t from stdin $$',
  'select 1 /* ; copy t from stdin */',
  'select 1 -- ; copy t from stdin',
  'select "copy" from "set"',
  'update t set a = 1 from u where t.id = u.id',
  'insert into t (a) select 1 on conflict (a) do update set a = excluded.a',
  "insert into copy_log values ('set role x')",
  'set local role authenticated',
  'set transaction isolation level serializable',
  'set constraints all deferred',
  'reset role',
  'discard plans',
  'declare c cursor for select 1 from t with_hold',
  "select set_config('app.church', $1, true)",
  'select pg_advisory_xact_lock(1)',
  'select pg_try_advisory_xact_lock(1)',
  'create temp table x (a int) on commit drop',
  'alter table t set (fillfactor = 70)',
  "create function f() returns void language sql set search_path = '' as $$ select 1 $$",
]

describe('guardSql', () => {
  it.each(refused)('refuses %s', (sql) => {
    const verdict = guardSql(sql)
    expect(verdict.refusal?.message).toMatch(/embedded database/)
    expect(verdict.replacement).toBe(refusedSql)
  })

  it.each(allowed)('lets %s through unchanged', (sql) => {
    expect(guardSql(sql)).toEqual({ replacement: null, refusal: null, channelChanges: [] })
  })

  it('finds a COPY behind any mixture of statements, comments, quotes and spaces, and none inside them', () => {
    const random = randomNumbers(11)
    const fillers = [' ', '\n', '\t', '/* copy t from stdin; */', '-- ; copy\n', '/* /* */ copy */']
    const statements = [
      "select 'a'';copy t from stdin'",
      'select $x$ ;copy t from stdin; $x$',
      'select "a"";copy t from stdin"',
      "select E'\\';copy t from stdin'",
      'select 1',
      '',
    ]
    const some = (list: string[]): string => list[random(list.length)] ?? ''
    const filler = (): string => Array.from({ length: random(4) }, () => some(fillers)).join('')
    for (let round = 0; round < 2_000; round += 1) {
      const parts = Array.from({ length: random(5) }, () => filler() + some(statements) + filler())
      expect(guardSql(parts.join(';')).refusal).toBeNull()
      const at = random(parts.length + 1)
      const copy = `${filler()}${some(['copy', 'COPY', 'Copy'])} ${filler()}t ${filler()}from${some(fillers)}stdin`
      parts.splice(at, 0, copy)
      expect(guardSql(parts.join(';')).refusal, parts.join(';')).not.toBeNull()
    }
  })

  it('notes LISTEN and turns UNLISTEN away from the shared session', () => {
    expect(guardSql('LISTEN Jobs').channelChanges).toEqual([{ kind: 'listen', channel: 'jobs' }])
    expect(guardSql('listen "Jobs""x"; select 1')).toEqual({
      replacement: null,
      refusal: null,
      channelChanges: [{ kind: 'listen', channel: 'Jobs"x' }],
    })
    expect(guardSql('unlisten a; listen b; UNLISTEN *;')).toEqual({
      replacement: 'unlisten "selah nobody"; listen b; UNLISTEN "selah nobody";',
      refusal: null,
      channelChanges: [
        { kind: 'unlisten', channel: 'a' },
        { kind: 'listen', channel: 'b' },
        { kind: 'unlistenAll' },
      ],
    })
  })
})

describe('scanSql', () => {
  it('ends on any text and covers it in order', () => {
    const random = randomNumbers(5)
    const alphabet = [
      "'",
      '"',
      '$',
      'a',
      'E',
      '\\',
      '/*',
      '*/',
      '--',
      '\n',
      ';',
      ' ',
      '(',
      '1',
      'é',
      '$$',
      '😀',
    ]
    for (let round = 0; round < 2_000; round += 1) {
      const sql = Array.from({ length: random(30) }, () => alphabet[random(alphabet.length)]).join('')
      let end = 0
      for (const token of scanSql(sql).flat()) {
        expect(token.start).toBeGreaterThanOrEqual(end)
        expect(token.end).toBeGreaterThan(token.start)
        end = token.end
      }
      expect(end).toBeLessThanOrEqual(sql.length)
    }
  })
})
