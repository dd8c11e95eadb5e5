import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

/** Returns which folders directly below `top` import which others, without tests. */
function importsBetweenFolders(top: string): Map<string, Set<string>> {
  const folderOf = (file: string) => path.relative(path.join(root, top), file).split(path.sep)[0] ?? ''
  const graph = new Map<string, Set<string>>()
  for (const name of readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue
    const file = path.join(root, top, name)
    const imported = graph.get(folderOf(file)) ?? new Set()
    graph.set(folderOf(file), imported)
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(/ from '([^']+)'/g)) {
      const target = specifier.startsWith('.')
        ? path.resolve(path.dirname(file), specifier)
        : path.join(root, specifier.replace(/^#/, ''))
      const folder = folderOf(target)
      if (target.startsWith(path.join(root, top) + path.sep) && folder !== folderOf(file))
        imported.add(folder)
    }
  }
  return graph
}

/** Returns a chain of folders that leads back to its start, or undefined. */
function findCycle(graph: Map<string, Set<string>>): string[] | undefined {
  const finished = new Set<string>()
  const visit = (folder: string, chain: string[]): string[] | undefined => {
    if (chain.includes(folder)) return [...chain.slice(chain.indexOf(folder)), folder]
    if (finished.has(folder)) return undefined
    for (const next of graph.get(folder) ?? []) {
      const cycle = visit(next, [...chain, folder])
      if (cycle) return cycle
    }
    finished.add(folder)
    return undefined
  }
  for (const folder of graph.keys()) {
    const cycle = visit(folder, [])
    if (cycle) return cycle
  }
  return undefined
}

test.each([
  ['components', 'sermon', 'player'],
  ['lib', 'pipeline', 'sermons'],
  ['local', 'gateway', 'supabase'],
])('no folders of %s/ import each other, directly or through others', (top, folder, imported) => {
  const graph = importsBetweenFolders(top)
  // Fails when no imports are found at all.
  expect(graph.get(folder)).toContain(imported)
  expect(findCycle(graph)).toBeUndefined()
})

test('a cycle through a third folder is found', () => {
  const graph = new Map([
    ['events', new Set(['runs'])],
    ['runs', new Set(['recovery'])],
    ['recovery', new Set(['events'])],
  ])
  expect(findCycle(graph)).toEqual(['events', 'runs', 'recovery', 'events'])
})
