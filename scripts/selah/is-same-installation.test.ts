import { expect, test } from 'vitest'
import { isSameInstallation } from './is-same-installation.ts'

test.each([
  ['http://127.0.0.1:3000', 'http://localhost:3000/', true],
  ['http://[::1]:3000', 'http://localhost:3000', true],
  ['https://sermons.example.org', 'https://sermons.example.org/', true],
  ['http://127.0.0.1:3000', 'http://localhost:3001', false],
  ['http://127.0.0.1:3000', 'https://sermons.example.org', false],
])('%s and %s: %s', (one, other, same) => expect(isSameInstallation(one, other)).toBe(same))
