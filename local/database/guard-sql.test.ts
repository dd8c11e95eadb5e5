import { describe, expect, it } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { editSql, guardSql } from './guard-sql.ts'
import { StatementNames } from './name-statements.ts'
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
  'declare c cursor with hold for select 1',
  'set session authorization x',
  "set names 'latin1'",
  "SET client_encoding TO 'SJIS'",
  'set local standard_conforming_strings = off',
  "select set_config('standard_conforming_strings', 'off', true)",
  "set idle_session_timeout = '5s'",
  "set transaction snapshot '00000003-0000001B-1'",
  'select pg_export_snapshot()',
  'select pg_terminate_backend(1)',
  'select lastval()',
  "select currval('notes_id_seq')",
  'select set_config($1, $2, false)',
  "prepare x as select set_config('role', $1, false)",
  "select set_config(name, 'SJIS', false) from pg_settings where name = 'client_encoding'",
  "select set_config(name, 'a', false) from pg_settings where name = 'work_mem' or true",
  "select set_config(name, 'a', false) from settings where name = 'work_mem'",
  'create table pg_temp.x (a int)',
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
  "set local client_encoding = 'UTF-8'",
  'select set_config($1, $2, true)',
  'prepare transaction $$x$$',
  'create trigger t after insert on u for each row execute function f()',
  'grant execute on function f() to public',
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
  })

  it.each(allowed)('allows %s unchanged', (sql) => {
    expect(guardSql(sql)).toEqual({
      refusal: null,
      edits: [],
      effects: { channelChanges: [], settings: null },
    })
  })

  it('finds a COPY after any mixture of statements, comments, quotes and spaces, and none inside them', () => {
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

  it('never runs UNLISTEN in the shared session, and returns who listens to which channel', () => {
    expect(guardSql('LISTEN Jobs').effects.channelChanges).toEqual([{ kind: 'listen', channel: 'jobs' }])
    expect(guardSql('listen "Jobs""x"; select 1')).toMatchObject({
      edits: [],
      effects: { channelChanges: [{ kind: 'listen', channel: 'Jobs"x' }] },
    })
    const sql = 'unlisten a; listen b; UNLISTEN *;'
    expect(edited(sql)).toBe('unlisten "selah unused channel"; listen b; UNLISTEN "selah unused channel";')
    expect(guardSql(sql).effects.channelChanges).toEqual([
      { kind: 'unlisten', channel: 'a' },
      { kind: 'listen', channel: 'b' },
      { kind: 'unlistenAll' },
    ])
  })

  it('prefixes the names of prepared statements', () => {
    expect(edited('prepare X(int) as select $1')).toBe('prepare "c1_x"(int) as select $1')
    expect(edited('execute "X y"(1)')).toBe('execute "c1_X y"(1)')
    expect(edited('explain (analyze) execute x')).toBe('explain (analyze) execute "c1_x"')
    expect(edited('create table t as execute x')).toBe('create table t as execute "c1_x"')
    expect(edited('deallocate x; DEALLOCATE PREPARE x')).toBe('deallocate "c1_x"; DEALLOCATE PREPARE "c1_x"')
    expect(edited('deallocate all')).toContain("starts_with(name, 'c1_')")
  })

  const session = { session: true, localTimeout: false, customNames: [] }
  it.each([
    ['set search_path to x', session],
    ['SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY', session],
    ['begin; set time zone utc; commit', session],
    ['set role authenticated', session],
    ['reset all', session],
    ['discard all', session],
    ['set "App".tenant = 5', { ...session, customNames: ['app.tenant'] }],
    ["select set_config('App.Tenant', $1, false)", { ...session, customNames: ['app.tenant'] }],
    ["select pg_catalog.set_config('search_path', '', $1)", session],
    ["SELECT set_config(name, 'view', false) FROM pg_settings WHERE name = 'work_mem'", session],
    ["select set_config(name, '1', false) from pg_catalog.pg_settings where name = 'work_mem'", session],
    ['set local statement_timeout = 5', { ...session, session: false, localTimeout: true }],
  ])('sees that %s changes settings', (sql, settings) => {
    expect(guardSql(sql)).toMatchObject({ refusal: null, effects: { settings } })
  })
})

function edited(sql: string): string {
  return editSql(sql, guardSql(sql).edits, new StatementNames(1))
}

describe('scanSql', () => {
  it('finishes on any text and returns its tokens in order', () => {
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
