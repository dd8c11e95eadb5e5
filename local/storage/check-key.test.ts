import { expect, test } from 'vitest'
import { checkBucketName, decodeKey } from './check-key.ts'

test.each(['a', 'sermons/2026/one.mp3', "it's (a) 'name' & more!.m4a", 'a..b/c', '...'])(
  '%s is a key',
  (key) => {
    expect(decodeKey(encodeURIComponent(key))).toBe(key)
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
  expect(() => decodeKey(encodeURIComponent(key))).toThrow(/Invalid key/)
})

test('a broken escape is refused', () => {
  expect(() => decodeKey('%E0%A4%A')).toThrow(/Invalid key/)
})

test('an encoded dot segment is refused like a plain one', () => {
  expect(() => decodeKey('%2e%2e/secret')).toThrow(/Invalid key/)
})

test.each(['', ' a', 'a ', '..', 'a/b', 'a'.repeat(101)])('%j is no bucket name', (name) => {
  expect(() => checkBucketName(name)).toThrow(/Bucket name invalid/)
})
