import { expect, test } from 'vitest'
import { readSupervisorSettings } from './read-supervisor-settings.ts'

const read = (environment: Record<string, string>) =>
  readSupervisorSettings(environment, { root: '/srv/selah', dev: false })

test('a relative data folder lies in the project, whatever is in its name', () => {
  expect(read({ SELAH_DATA_DIR: 'a folder/ä' }).dataDir).toBe('/srv/selah/a folder/ä')
  expect(read({ SELAH_DATA_DIR: ' ' }).dataDir).toBe('/srv/selah/.data')
})

test.each([
  [{ PORT: 'abc' }, /^PORT cannot be used/],
  [{ PORT: '99999' }, /^PORT cannot be used/],
  [{ SELAH_OWNER_EMAIL: 'nobody', SELAH_OWNER_PASSWORD: 'long enough' }, /^SELAH_OWNER_EMAIL cannot be used/],
  [{ SELAH_OWNER_EMAIL: 'a@selah.test', SELAH_OWNER_PASSWORD: 'short' }, /at least 8 characters/],
])('%o stops the start and is named', (environment, message) => {
  expect(() => read(environment)).toThrow(message)
})

test('an owner who can sign in, and half of one, do not stop a start', () => {
  expect(() => read({ SELAH_OWNER_EMAIL: 'a@selah.test', SELAH_OWNER_PASSWORD: 'long enough' })).not.toThrow()
  expect(() => read({ SELAH_OWNER_EMAIL: 'a@selah.test' })).not.toThrow()
})
