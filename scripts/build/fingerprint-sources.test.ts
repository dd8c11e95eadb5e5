import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprintSources } from './fingerprint-sources.ts'

let root: string
let page: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'selah-sources-'))
  mkdirSync(path.join(root, 'app'))
  page = path.join(root, 'app/page.tsx')
  writeFileSync(page, 'one')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('a change of content, of name, and a removal each require a new build', async () => {
  const first = await fingerprintSources(root)
  writeFileSync(page, 'two')
  const changed = await fingerprintSources(root)
  renameSync(page, path.join(root, 'app/other.tsx'))
  const renamed = await fingerprintSources(root)
  rmSync(path.join(root, 'app/other.tsx'))
  const removed = await fingerprintSources(root)
  expect(new Set([first, changed, renamed, removed]).size).toBe(4)
})

test('a new file time or a changed test requires no new build', async () => {
  const first = await fingerprintSources(root)
  utimesSync(page, new Date(), new Date(0))
  writeFileSync(path.join(root, 'app/page.test.ts'), 'x')
  expect(await fingerprintSources(root)).toBe(first)
})
