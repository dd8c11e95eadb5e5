import { expect, test } from 'vitest'
import { fillLock, type LockFile } from './fill-lock.ts'

const lock: LockFile = {
  lockfileVersion: 3,
  packages: {
    '': { version: '1.0.0' },
    'node_modules/a': {
      version: '1.0.0',
      resolved: 'http://localhost/a.tgz',
      optionalDependencies: {
        '@x/a-darwin-arm64': '1.2.3',
        '@x/a-linux-x64-musl': '1.2.3',
        ranged: '^1.0.0',
      },
    },
    'node_modules/a/node_modules/b': { version: '2.0.0', optionalDependencies: { 'b-win32-x64': '2.0.0' } },
    'node_modules/a/node_modules/b-win32-x64': { version: '2.0.0', optional: true },
  },
}

test('a missing platform build is added with the platform of its name', () => {
  const { filled, added } = fillLock(lock)
  expect(added).toEqual(['@x/a-darwin-arm64@1.2.3', '@x/a-linux-x64-musl@1.2.3'])
  expect(filled.packages['node_modules/@x/a-darwin-arm64']).toEqual({
    version: '1.2.3',
    optional: true,
    os: ['darwin'],
    cpu: ['arm64'],
  })
  expect(filled.packages['node_modules/@x/a-linux-x64-musl']).toMatchObject({ libc: ['musl'] })
})

test('a build that an outer or sibling node_modules provides is not added twice', () => {
  const { filled } = fillLock(lock)
  expect(Object.keys(filled.packages)).not.toContain('node_modules/b-win32-x64')
})

test('the filled lock names no registry, is sorted, and filling it again changes nothing', () => {
  const { filled } = fillLock(lock)
  expect(JSON.stringify(filled)).not.toContain('resolved')
  expect(Object.keys(filled.packages)).toEqual(Object.keys(filled.packages).toSorted())
  expect(fillLock(filled)).toEqual({ filled, added: [] })
})
