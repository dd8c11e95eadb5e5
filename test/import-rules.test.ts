import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeFolders, readSources, type SourceFile, topOf } from '#test/import-graph.ts'

const [, document = ''] = readFileSync(
  path.resolve(import.meta.dirname, '../docs/architecture.md'),
  'utf8',
).split('## Folders and layers')
const [foldersTable = ''] = document.split('Inside `lib`:')

/** The column "imports" of the table of top-level folders. */
const allowed = new Map(
  [...foldersTable.matchAll(/^\| `(\w+)` +\|[^|]*\|([^|]*)\|$/gm)].map(([, folder = '', names = '']) => [
    folder,
    [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
  ]),
)
const folders = codeFolders()
const sources = readSources(folders)
const product = sources.filter(({ isTest }) => !isTest)
const below = (folder: string) => product.filter(({ file }) => file.startsWith(`${folder}/`))

/** The groups of `lib` in the diagram of layers, from top to bottom. */
const groups = [...document.matchAll(/\w+\["([^"]+ · [^"]+)"\]/g)].map(([, names = '']) => names.split(' · '))

/** `file imports target` for each import that `isWrong` refuses. */
function wrongImports(
  files: readonly SourceFile[],
  isWrong: (from: string, to: string) => boolean,
): string[] {
  return files.flatMap(({ file, imports }) =>
    imports.filter((target) => isWrong(file, target)).map((target) => `${file} imports ${target}`),
  )
}

describe('imports between top-level folders', () => {
  test('the table of docs/architecture.md has a row for each folder with code', () => {
    expect([...allowed.keys()].sort()).toEqual([...folders].sort())
  })

  test.each(folders)('%s imports exactly the folders in its row', (folder) => {
    const own = below(folder)
    expect(own.length).toBeGreaterThan(2)
    const named = allowed.get(folder) ?? []
    expect(wrongImports(own, (_, to) => topOf(to) !== folder && !named.includes(topOf(to)))).toEqual([])
    const used = new Set(own.flatMap(({ imports }) => imports.map(topOf)))
    expect(named.filter((name) => !used.has(name))).toEqual([])
  })

  test('product code never imports the stand-ins of local/', () => {
    const files = ['app', 'components', 'lib', 'trigger'].flatMap(below)
    expect(files.length).toBeGreaterThan(400)
    expect(wrongImports(files, (_, to) => topOf(to) === 'local')).toEqual([])
  })

  test('journeys in e2e import only the recordings of harness/media, and no test but a journey imports e2e', () => {
    const journeys = sources.filter(({ file }) => topOf(file) === 'e2e')
    expect(journeys.length).toBeGreaterThan(5)
    // A recording is made by a file that imports no other one, so the product cannot be reached through it.
    const recordings = below('harness/media').filter(({ imports }) => imports.length === 0)
    const allowedFiles = recordings.map(({ file }) => file)
    expect(wrongImports(journeys, (_, to) => topOf(to) !== 'e2e' && !allowedFiles.includes(to))).toEqual([])
    const others = sources.filter(({ file, isTest }) => isTest && topOf(file) !== 'e2e')
    expect(wrongImports(others, (_, to) => topOf(to) === 'e2e')).toEqual([])
  })

  test('only tests import tests and files in test/', () => {
    const files = product.filter(({ file }) => topOf(file) !== 'test')
    expect(wrongImports(files, (_, to) => topOf(to) === 'test' || /\.test\.tsx?$/.test(to))).toEqual([])
  })
})

describe('folders of lib', () => {
  const groupOf = (file: string) => groups.findIndex((names) => names.includes(file.split('/')[1] ?? ''))

  test('are all in the four groups of the diagram', () => {
    expect(groups).toHaveLength(4)
    const missing = below('lib').filter(({ file }) => groupOf(file) === -1)
    expect(missing.map(({ file }) => file)).toEqual([])
  })

  test('import their own group or a lower one', () => {
    const isUpward = (from: string, to: string) => topOf(to) === 'lib' && groupOf(to) < groupOf(from)
    expect(wrongImports(below('lib'), isUpward)).toEqual([])
  })

  test('import neither Next nor React', () => {
    const found = below('lib').filter(({ packages }) =>
      packages.some((name) => /^(next|react)(\/|-dom|$)/.test(name)),
    )
    expect(found.map(({ file }) => file)).toEqual([])
  })
})

test('components import no database, environment, vendor client or module of Node', () => {
  const own = below('components')
  const refused = /^(pg|drizzle-orm|openai|ai|@supabase\/|@deepgram\/|@trigger\.dev\/|node:)/
  expect(
    own.filter(({ packages }) => packages.some((name) => refused.test(name))).map(({ file }) => file),
  ).toEqual([])
  expect(wrongImports(own, (_, to) => to.startsWith('lib/db/') || to === 'lib/env.ts')).toEqual([])
})

test('components are used by several routes or by all; those of one route are beside it', () => {
  const importers = new Map<string, string[]>()
  for (const { file, imports } of product)
    for (const target of imports) importers.set(target, [...(importers.get(target) ?? []), file])
  /** The folders of the pages, layouts and routes that use a file. `app` is the layout of all pages. */
  const routesOf = (file: string, visited = new Set<string>()): string[] => {
    if (visited.has(file)) return []
    visited.add(file)
    if (topOf(file) === 'app') return [file.replace(/\/(_components\/.*|[^/]+)$/, '')]
    return (importers.get(file) ?? []).flatMap((importer) => routesOf(importer, visited))
  }
  const isForAny = (file: string) => file.startsWith('components/ui/')
  const found = below('components').filter(({ file }) => {
    const routes = new Set(routesOf(file))
    return !isForAny(file) && routes.size === 1 && !routes.has('app')
  })
  expect(found.map(({ file }) => file)).toEqual([])
})

test('pages, routes and tasks send no SQL', () => {
  const files = ['app', 'trigger', 'components'].flatMap(below)
  const found = files.filter(({ packages }) => packages.some((name) => /^(pg|drizzle-orm)(\/|$)/.test(name)))
  expect(found.map(({ file }) => file)).toEqual([])
})

test('route handlers and tasks are thin', () => {
  const lines = ({ text }: SourceFile) => text.split('\n').length - 1
  const routes = below('app').filter(({ file }) => file.endsWith('/route.ts'))
  const tasks = below('trigger').filter(({ file }) => file !== 'trigger/init.ts')
  expect([routes.length, tasks.length].every((count) => count > 5)).toBe(true)
  expect(routes.filter((file) => lines(file) > 60).map(({ file }) => file)).toEqual([])
  expect(tasks.filter((file) => lines(file) > 80).map(({ file }) => file)).toEqual([])
})

test('app reaches tasks only through the catalogue: it imports no file of the pipeline', () => {
  const nearTasks = (folder: string) =>
    new Set(below(folder).flatMap(({ imports }) => imports.filter((to) => to.startsWith('lib/pipeline/'))))
  expect([...nearTasks('trigger')]).not.toEqual([])
  expect([...nearTasks('app')]).toEqual([])
})

test('code for tests is in harness or test: every file of the product is used by the product', () => {
  const inProduct = ['app', 'components', 'lib', 'trigger', 'local']
  const users = product.filter(({ file }) => ['scripts', ...inProduct].includes(topOf(file)))
  const imported = new Set(users.flatMap(({ imports }) => imports))
  const isEntry = (file: string) =>
    /\/(page|layout|route|error|loading|not-found|manifest|main)\.tsx?$/.test(file) ||
    /\.(d|server)\.ts$/.test(file) ||
    topOf(file) === 'trigger'
  const root = path.resolve(import.meta.dirname, '..')
  const configurations = readdirSync(root)
    .filter((name) => name.endsWith('.ts') && name !== 'vitest.config.ts')
    .map((name) => ({ file: name, text: readFileSync(path.join(root, name), 'utf8') }))
  /** A file that is started or loaded by its name, such as a worker. */
  const isNamed = (file: string) =>
    [...users, ...configurations].some(
      (user) => user.file !== file && user.text.includes(`${path.basename(file)}'`),
    )
  const unused = inProduct
    .flatMap(below)
    .map(({ file }) => file)
    .filter((file) => !imported.has(file) && !isEntry(file) && !isNamed(file))
  expect(unused).toEqual([])
})

test('no two files of one top-level folder have the same name, except entry points', () => {
  const entries = /^(page|layout|route|error|loading|not-found|main)\.tsx?$/
  const counted = new Map<string, string[]>()
  for (const { file } of sources) {
    const name = path.basename(file)
    if (entries.test(name)) continue
    const key = `${topOf(file)}: ${name}`
    counted.set(key, [...(counted.get(key) ?? []), file])
  }
  expect([...counted.values()].filter((files) => files.length > 1)).toEqual([])
})

test('the server repeats work in the background only as the one list says', () => {
  const server = ['app', 'lib', 'trigger']
    .flatMap(below)
    .filter(({ text }) => !/^['"]use client['"]/.test(text))
  const callers = (pattern: RegExp) => server.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
  expect(callers(/(?<!function )\b(runEvery|startForwarder)\(/)).toEqual(['lib/background-jobs.ts'])
  // The heartbeat of a connection ends with it.
  expect(callers(/\bsetInterval\(/)).toEqual(['lib/http/stream-events.ts'])
})

test('the status of a facet changes in one file', () => {
  const writers = below('lib').filter(({ text }) =>
    /\b(media|transcript|index)Status: ('|status\b)/.test(text),
  )
  expect(writers.map(({ file }) => file).sort()).toEqual([
    'lib/facets/set-facet.ts',
    'lib/sermons/create-text-sermon.ts',
  ])
})
