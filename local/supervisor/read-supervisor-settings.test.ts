import { expect, test } from 'vitest'
import { readSupervisorSettings } from './read-supervisor-settings.ts'

const read = (environment: Record<string, string>) =>
  readSupervisorSettings(environment, { root: '/srv/selah', dev: false })

test('a relative data folder is in the project, even with spaces or umlauts in its name', () => {
  expect(read({ SELAH_DATA_DIR: 'a folder/ä' }).dataDir).toBe('/srv/selah/a folder/ä')
  expect(read({ SELAH_DATA_DIR: ' ' }).dataDir).toBe('/srv/selah/.data')
})

test.each([
  [{ PORT: 'abc' }, /^PORT cannot be used/],
  [{ PORT: '99999' }, /^PORT cannot be used/],
  [
    { SELAH_OWNER_EMAIL: 'no-address', SELAH_OWNER_PASSWORD: 'long enough' },
    /^SELAH_OWNER_EMAIL cannot be used/,
  ],
  [{ SELAH_OWNER_EMAIL: 'a@selah.test', SELAH_OWNER_PASSWORD: 'short' }, /at least 8 characters/],
])('%o is refused, and the setting is named', (environment, message) => {
  expect(() => read(environment)).toThrow(message)
})

test('complete owner credentials, and only a part of them, do not prevent a start', () => {
  expect(() => read({ SELAH_OWNER_EMAIL: 'a@selah.test', SELAH_OWNER_PASSWORD: 'long enough' })).not.toThrow()
  expect(() => read({ SELAH_OWNER_EMAIL: 'a@selah.test' })).not.toThrow()
})

test('models are downloaded to the data folder, except in CI or when a setting turns them off', () => {
  expect(read({}).models).toEqual({ mode: 'auto', folder: '/srv/selah/.data/models' })
  expect(read({ CI: 'true' }).models.mode).toBe('off')
  expect(read({ CI: 'true', SELAH_MODELS: 'auto' }).models.mode).toBe('auto')
  expect(read({ SELAH_MODELS: 'off', SELAH_MODELS_DIR: '/var/models' }).models).toEqual({
    mode: 'off',
    folder: '/var/models',
  })
  expect(() => read({ SELAH_MODELS: 'maybe' })).toThrow(/^SELAH_MODELS cannot be used/)
})

test('an invalid list of models stops the start with an error that names it', () => {
  expect(() => read({ SELAH_MODELS_MANIFEST: '/nowhere/list.json' })).toThrow(/^SELAH_MODELS_MANIFEST/)
  expect(() => read({ SELAH_MODELS_MANIFEST: '/nowhere/list.json', SELAH_MODELS: 'off' })).not.toThrow()
})
