import { expect, test } from 'vitest'
import { bearerTokenMatches } from './bearer-token-matches.ts'

test('only the token itself, as a bearer token, is accepted', () => {
  expect(bearerTokenMatches('Bearer s3cret', 's3cret')).toBe(true)
  expect(bearerTokenMatches('bearer s3cret', 's3cret')).toBe(true)
})

test.each([
  null,
  '',
  'Bearer',
  'Bearer ',
  'Basic s3cret',
  's3cret',
  'Bearer s3cre',
  'Bearer s3cretx',
  'Bearer s3cret x',
])('%j is refused', (authorization) => {
  expect(bearerTokenMatches(authorization, 's3cret')).toBe(false)
})
