import { expect, test } from 'vitest'
import { codeFolders, readSources } from '#test/import-graph.ts'

type Graph = Map<string, Set<string>>

const sources = readSources(codeFolders()).filter(({ isTest }) => !isTest)

/**
 * Returns for each folder, of any depth, which of its folders and files import which others. A file that imports
 * another one is counted in the folder that contains both.
 */
function importsByFolder(): Map<string, Graph> {
  const graphs = new Map<string, Graph>()
  for (const { file, imports } of sources) {
    for (const target of imports) {
      const from = file.split('/')
      const to = target.split('/')
      const depth = from.findIndex((name, index) => name !== to[index])
      const [name, imported] = [from[depth], to[depth]]
      if (name === undefined || imported === undefined) continue
      const folder = from.slice(0, depth).join('/')
      const graph = graphs.get(folder) ?? new Map<string, Set<string>>()
      graphs.set(folder, graph)
      graph.set(name, (graph.get(name) ?? new Set()).add(imported))
    }
  }
  return graphs
}

/** Returns a chain of folders that leads back to its start, or undefined. */
function findCycle(graph: Graph): string[] | undefined {
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

test('no two folders import each other, directly or through others, at any depth', () => {
  const graphs = importsByFolder()
  // Fails when no imports are found at all.
  expect(graphs.get('lib')?.get('pipeline')).toContain('sermons')
  expect(graphs.get('local/trigger')?.get('execution')).toContain('model')
  expect(graphs.get('')?.get('app')).toContain('components')
  const cycles = [...graphs].flatMap(([folder, graph]) => {
    const cycle = findCycle(graph)
    return cycle ? [`${folder || 'the root'}: ${cycle.join(' → ')}`] : []
  })
  expect(cycles).toEqual([])
})

test('a cycle through a third folder is found', () => {
  const graph = new Map([
    ['events', new Set(['runs'])],
    ['runs', new Set(['recovery'])],
    ['recovery', new Set(['events'])],
  ])
  expect(findCycle(graph)).toEqual(['events', 'runs', 'recovery', 'events'])
})
