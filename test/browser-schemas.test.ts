import { expect, test } from 'vitest'
import { codeFolders, readSources } from '#test/import-graph.ts'

const sources = new Map(readSources(codeFolders()).map((source) => [source.file, source]))

/** The files that a file loads when it runs: its imports without those of types only. */
const loads = (text: string) => {
  const values = text.replace(/import (type [^'\n]*|\{(\s*type \w+,?)+\s*\}) from '[^'\n]+'/g, '')
  return [...values.matchAll(/\b(?:from|import|import\()\s*'([^'\n]+)'/g)].map(([, name = '']) => name)
}

/** The chain of files from a component to the package, or null. A server action is called, not loaded. */
function chainTo(wanted: string, file: string, seen: Set<string>): string[] | null {
  const source = sources.get(file)
  if (!source || seen.has(file) || /^'use server'/.test(source.text)) return null
  seen.add(file)
  const names = loads(source.text)
  if (names.includes(wanted)) return [file]
  for (const target of source.imports) {
    if (!names.some((name) => target.endsWith(name.replace(/^[#./]+/, '')))) continue
    const rest = chainTo(wanted, target, seen)
    if (rest) return [file, ...rest]
  }
  return null
}

test('no browser loads Zod: its schemas cannot be taken apart, and it probes for eval', () => {
  const components = [...sources.values()].filter(({ text }) => text.startsWith("'use client'"))
  expect(components.length).toBeGreaterThan(100)
  const chains = components.map(({ file }) => chainTo('zod', file, new Set())).filter((chain) => chain)
  expect(chains).toEqual([])
  // The same search finds what browsers do load.
  expect(components.some(({ file }) => chainTo('valibot', file, new Set()))).toBe(true)
})
