import { describe, expect, test } from 'vitest'
import { readSources, type SourceFile } from '#test/import-graph.ts'

const sources = new Map(
  readSources(['app', 'components', 'lib'])
    .filter(({ isTest }) => !isTest)
    .map((source) => [source.file, source]),
)
const isClient = ({ text }: SourceFile) => /^['"]use client['"]/.test(text)

/** Returns `files` and what they import, directly or indirectly. The imports of a file are followed if `follows`. */
function reach(files: readonly string[], follows: (source: SourceFile) => boolean): SourceFile[] {
  const reached = new Map<string, SourceFile>()
  const visit = (file: string) => {
    const source = sources.get(file)
    if (!source || reached.has(file)) return
    reached.set(file, source)
    if (follows(source)) source.imports.forEach(visit)
  }
  files.forEach(visit)
  return [...reached.values()]
}

/** Returns the layouts above a page, and the page itself. */
function listEntries(page: string): string[] {
  const folders = page.split('/').slice(0, -1)
  const layouts = folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/layout.tsx`)
  return [...layouts.filter((layout) => sources.has(layout)), page]
}

const namesIn = (files: readonly SourceFile[], pattern: RegExp) =>
  new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(pattern)].flatMap(([match]) => match.match(/'\w+'/g) ?? []),
    ),
  )

/** Returns the message areas that the client components of a page use, and those that the page and its layouts send. */
function compareAreas(page: string) {
  const server = reach(listEntries(page), (source) => !isClient(source))
  const client = reach(
    server.filter(isClient).map(({ file }) => file),
    () => true,
  )
  return {
    used: namesIn(client, /useTranslations\(\s*'\w+'/g),
    sent: namesIn(server, /<ClientMessages areas=\{\[[^\]]*\]/g),
  }
}

describe('the messages of client components', () => {
  const pages = [...sources.keys()].filter((file) => /^app\/.*\/(page|error|not-found)\.tsx$/.test(file))

  test.each(pages)('%s or a layout above it sends every area that its client components use', (page) => {
    const { used, sent } = compareAreas(page)
    expect([...used].filter((area) => !sent.has(area))).toEqual([])
  })

  test('used and sent areas are found, also those sent by a layout', () => {
    const { used, sent } = compareAreas('app/dashboard/settings/page.tsx')
    expect(used).toContain("'settings'")
    expect(sent).toContain("'settings'")
    expect(sent).toContain("'dashboard'")
  })
})
