import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startAfterPaint } from './start-after-paint.ts'

const page = 'server/app/(listen)/[slug]/page_client-reference-manifest.js'
const manifest = {
  moduleLoading: { prefix: '' },
  clientModules: { a: 1 },
  entryJSFiles: { layout: ['a.js'] },
}
let root: string

function put(name: string, text: string): void {
  const file = path.join(root, '.next', name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
const read = (name: string) => readFileSync(path.join(root, '.next', name), 'utf8')

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'selah-build-'))
  mkdirSync(path.join(root, '.next/static/chunks'), { recursive: true })
  put(
    'build-manifest.json',
    JSON.stringify({ pages: {}, rootMainFiles: ['static/chunks/b.js', 'static/chunks/c.js'] }),
  )
  put(page, `globalThis.MANIFEST["/page"] = ${JSON.stringify(manifest)};\n`)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('pages name one script, which loads the others, and nothing else of the build changes', async () => {
  await startAfterPaint(root)
  const { pages, rootMainFiles } = JSON.parse(read('build-manifest.json'))
  expect(pages).toEqual({})
  expect(rootMainFiles).toEqual([expect.stringMatching(/^static\/chunks\/starter-[0-9a-f]{12}\.js$/)])
  expect(read(rootMainFiles[0])).toContain('["static/chunks/b.js","static/chunks/c.js"]')
  expect(read(rootMainFiles[0])).not.toContain('//')
  const [assignment, value] = read(page).split(/(?<= = )/)
  expect(assignment).toBe('globalThis.MANIFEST["/page"] = ')
  expect(JSON.parse(value?.replace(/;\n$/, '') ?? '')).toEqual({
    ...manifest,
    moduleLoading: null,
    entryJSFiles: {},
  })
})

test('the name of the script changes with the scripts that it loads', async () => {
  await startAfterPaint(root)
  put('build-manifest.json', JSON.stringify({ rootMainFiles: ['static/chunks/d.js'] }))
  put(page, `globalThis.MANIFEST["/page"] = ${JSON.stringify(manifest)};\n`)
  await startAfterPaint(root)
  expect(readdirSync(path.join(root, '.next/static/chunks'))).toHaveLength(2)
})

test.each([
  ['build-manifest.json', '{}'],
  ['build-manifest.json', '{"rootMainFiles":[]}'],
  ['build-manifest.json', '{"rootMainFiles":["a.js"],"rootMainFilesTree":{"/":["b.js"]}}'],
  [page, 'export default {}'],
  [page, 'globalThis.MANIFEST = {"clientModules":{}};'],
])('a build of another form is an error: %s with %s', async (name, text) => {
  put(name, text)
  await expect(startAfterPaint(root)).rejects.toThrow()
})

test('a build without pages is an error', async () => {
  rmSync(path.join(root, '.next/server'), { recursive: true })
  await expect(startAfterPaint(root)).rejects.toThrow('The build has no manifests of pages.')
})
