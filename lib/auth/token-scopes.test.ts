import { expect, test } from 'vitest'
import { roleWithin, scopesOf } from '#lib/auth/token-scopes.ts'

test.each([
  ['read', 'owner', 'viewer'],
  ['write', 'owner', 'editor'],
  ['operate', 'owner', 'owner'],
  ['operate', 'editor', 'editor'],
  ['write', 'viewer', 'viewer'],
] as const)('a token to %s acts for an %s as %s', (scope, role, as) =>
  expect(roleWithin(scope, role)).toBe(as),
)

test.each([
  ['viewer', ['read']],
  ['editor', ['read', 'write']],
  ['owner', ['read', 'write', 'operate']],
] as const)('who acts as %s gives %j', (role, scopes) => expect(scopesOf(role)).toEqual(scopes))
