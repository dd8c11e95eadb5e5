import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { catalog, eventTasks } from '#lib/jobs/catalog.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** For each export of a route file, the address it gives to `routes`, or what it is instead. */
function exportsOf(text: string): (string | undefined)[] {
  const all =
    /^\s*export (?:const \{ GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS \} = routes\(\s*'([^']+)',\s*\{$|(.*))/gm
  return [...text.matchAll(all)]
    .map(([, address, other]) => address ?? other)
    .filter((found) => found !== "const dynamic = 'force-dynamic'")
}

function filesBelow(folder: string, suffix: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(suffix))
    .map((file) => path.join(folder, file))
}

test('every table has row level security', () => {
  const tables = Object.values(schema).filter((value) => value instanceof PgTable)
  expect(tables.length).toBeGreaterThan(15)
  for (const table of tables) expect(getTableConfig(table)).toMatchObject({ enableRLS: true })
})

test('every variable the product reads is explained in .env.example', () => {
  const explained = read('.env.example')
  for (const name of Object.keys(envSchema.shape)) expect(explained).toMatch(new RegExp(`^${name}=`, 'm'))
})

test('every task of the catalogue has one file in trigger/, named after it', () => {
  const files = readdirSync(path.join(root, 'trigger')).map((file) => file.replace(/\.ts$/, ''))
  expect(files.filter((file) => file !== 'init').sort()).toEqual(Object.keys(catalog).sort())
  for (const id of Object.keys(catalog)) expect(read(`trigger/${id}.ts`)).toContain(`id: '${id}'`)
})

test('every task has a longest duration, limits of its own and a larger machine for want of memory', () => {
  for (const id of Object.keys(catalog)) {
    const source = read(`trigger/${id}.ts`)
    expect(source, id).toMatch(/^ {2}maxDuration: [0-9* ]+,$/m)
    expect(source, id).toMatch(/^ {2}concurrency: \{ (perKey: \d+, )?total: \d+ \},$/m)
    expect(source, id).toMatch(
      /^ {2}retry: \{[^}]*maxAttempts: \d+[^}]*outOfMemory: \{ machine: '[a-z0-9-]+' \}/m,
    )
  }
})

test('every event starts a task of the catalogue', () => {
  for (const task of Object.values(eventTasks)) expect(Object.keys(catalog)).toContain(task)
})

test('every export of an API route comes from `routes` with its own address, so that it answers every method', () => {
  const files = filesBelow('app/api', 'route.ts')
  expect(files.length).toBeGreaterThan(40)
  for (const file of files) {
    const address = path.dirname(file).replace(/^app/, '')
    expect(exportsOf(read(file)), file).toEqual([address])
    expect(read(file), file).toContain("import { routes } from '#app/_server/routes.ts'\n")
  }
})

test('only the forms of the session and the routes that identify no caller go without `route`', () => {
  const without = filesBelow('app/api', 'route.ts').filter((file) => !/: route\(/.test(read(file)))
  expect(without.sort()).toEqual([
    'app/api/[[...path]]/route.ts',
    'app/api/health/route.ts',
    'app/api/metrics/route.ts',
    'app/api/session/route.ts',
    'app/api/session/set-up/route.ts',
    'app/api/session/sign-out/route.ts',
  ])
  const ofSession = without.filter((file) => file.startsWith('app/api/session/'))
  for (const file of ofSession) expect(read(file), file).toMatch(/: sessionRoute\(/)
})

/** The folder of a file for the rule against cycles: `lib/runs`, or the file itself directly below `lib`. */
function folderOf(file: string): string {
  const [top, second, third] = file.split('/')
  return third === undefined ? file : `${top}/${second}`
}

/** Which folders import which, with one example for each: product files only, tests may look across. */
function folderImports(top: string): Map<string, Map<string, string>> {
  const imports = new Map<string, Map<string, string>>()
  const files = [...filesBelow(top, '.ts'), ...filesBelow(top, '.tsx')].filter(
    (file) => !/\.test\.tsx?$/.test(file),
  )
  for (const file of files) {
    for (const [, specifier] of read(file).matchAll(/(?:from|import\() ?'([#.][^']+)'/g)) {
      if (!specifier) continue
      const target = specifier.startsWith('#') ? specifier.slice(1) : path.join(path.dirname(file), specifier)
      const [from, to] = [folderOf(file), folderOf(target)]
      if (from === to || !to.startsWith(`${top}/`)) continue
      const known = imports.get(from) ?? new Map<string, string>()
      imports.set(from, known.set(to, `${file} imports ${target}`))
    }
  }
  return imports
}

/** The imports of a cycle between folders, or an empty list. */
function findFolderCycle(imports: Map<string, Map<string, string>>): string[] {
  const done = new Set<string>()
  const visit = (folder: string, trail: string[]): string[] => {
    const start = trail.indexOf(folder)
    if (start >= 0) {
      const cycle = [...trail.slice(start), folder]
      return cycle.slice(1).map((to, index) => imports.get(cycle[index] ?? '')?.get(to) ?? to)
    }
    if (done.has(folder)) return []
    for (const next of imports.get(folder)?.keys() ?? []) {
      const found = visit(next, [...trail, folder])
      if (found.length > 0) return found
    }
    done.add(folder)
    return []
  }
  for (const folder of imports.keys()) {
    const found = visit(folder, [])
    if (found.length > 0) return found
  }
  return []
}

test.each(['lib'])('no two folders of %s import each other, directly or through others', (top) => {
  const imports = folderImports(top)
  expect(imports.size).toBeGreaterThan(3)
  expect(findFolderCycle(imports)).toEqual([])
})

test('a cycle between folders is found', () => {
  const imports = new Map([
    ['lib/a', new Map([['lib/b', 'a to b']])],
    ['lib/b', new Map([['lib/c', 'b to c']])],
    ['lib/c', new Map([['lib/a', 'c to a']])],
  ])
  expect(findFolderCycle(imports)).toEqual(['a to b', 'b to c', 'c to a'])
})

test('nothing outside local/ imports it, except what starts it as a process', () => {
  const importers = ['app', 'components', 'lib', 'trigger']
    .flatMap((folder) => [...filesBelow(folder, '.ts'), ...filesBelow(folder, '.tsx')])
    .filter((file) => /from '(#local|(\.\.\/)+local)\//.test(read(file)))
  expect(importers).toEqual([])
})
