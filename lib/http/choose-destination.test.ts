import { expect, test } from 'vitest'
import { chooseDestination } from './choose-destination.ts'

test.each([
  ['/dashboard/jobs?status=failed', '/dashboard/jobs?status=failed'],
  ['/sermons/born-again#t=10', '/sermons/born-again#t=10'],
  [null, '/dashboard'],
  ['', '/dashboard'],
  ['https://elsewhere.example/', '/dashboard'],
  ['//elsewhere.example', '/dashboard'],
  ['/\\elsewhere.example', '/dashboard'],
  ['/\t/elsewhere.example', '/dashboard'],
  ['javascript:alert(1)', '/dashboard'],
  ['/.//elsewhere.example', '/dashboard'],
  ['/sign-in?next=/x', '/dashboard'],
  ['/sign-in/link?sent=1', '/dashboard'],
  ['/auth/confirm?token_hash=x', '/dashboard'],
  ['/api/session', '/dashboard'],
])('%s leads to %s and never to another site', (next, expected) => {
  expect(chooseDestination(next)).toBe(expected)
})
