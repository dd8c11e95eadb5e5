import { expect, test } from 'vitest'
import { readyLine } from './supervise-selah.ts'

test('the ready line is one line that says how the owner gets in', () => {
  const site = 'http://localhost:3000'
  expect(readyLine(site, { signInAs: 'owner@example.org' })).toBe(
    'Selah is ready at http://localhost:3000 — sign in as owner@example.org',
  )
  expect(readyLine(site, { setUpPath: '/set-up?token=abc' })).toBe(
    'Selah is ready — finish setting up at http://localhost:3000/set-up?token=abc',
  )
  expect(readyLine(site, {})).toBe('Selah is ready at http://localhost:3000')
})
