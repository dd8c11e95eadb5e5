import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { fillLock, type LockFile } from './fill-lock.ts'

test('the lock of the project covers every platform and names no registry ("npm run lock" repairs it)', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../package-lock.json'), 'utf8')
  expect(fillLock(JSON.parse(text) as LockFile).added).toEqual([])
  expect(text).not.toContain('"resolved"')
})
