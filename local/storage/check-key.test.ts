import { expect, test } from 'vitest'
import { checkBucketName, checkKey } from './check-key.ts'

test.each(['a', 'sermons/2026/one.mp3', "it's (a) 'name' & more!.m4a", 'a..b/c', '...'])(
  '%s is a valid key',
  (key) => {
    expect(checkKey(key)).toBe(key)
  },
)

test.each([
  '',
  '..',
  '../a',
  'a/../b',
  'a/./b',
  '/a',
  'a//b',
  'a/',
  'a\\b',
  'a\0b',
  'a\nb',
  'ä',
  'a%2e%2e',
  `a${'b'.repeat(1024)}`,
])('%j is refused', (key) => {
  expect(() => checkKey(key)).toThrow(/Invalid key/)
})

test.each(['', ' a', 'a ', '..', 'a/b', 'a'.repeat(101)])('%j is not a bucket name', (name) => {
  expect(() => checkBucketName(name)).toThrow(/Bucket name invalid/)
})
