import { expect, test } from 'vitest'
import { makeSlug } from './make-slug.ts'

test('a title becomes a readable path', () => {
  expect(makeSlug('Born Again: John 3,16', new Set())).toBe('born-again-john-3-16')
})

test('a title without letters still has a path', () => {
  expect(makeSlug('???', new Set())).toBe('sermon')
})

test('a path in use is numbered', () => {
  expect(makeSlug('Grace', new Set(['grace', 'grace-2']))).toBe('grace-3')
})
