import { expect, test } from 'vitest'
import { givenPath } from './given-path.ts'

test('a relative path starts at the folder in which npm was called', () => {
  const environment = { npm_lifecycle_event: 'selah', INIT_CWD: '/home/ruth/recordings' }
  expect(givenPath('sunday.mp3', environment, '/srv/selah')).toBe('/home/ruth/recordings/sunday.mp3')
  expect(givenPath('/tmp/a.mp3', environment, '/srv/selah')).toBe('/tmp/a.mp3')
})

test('without npm, or in another script of npm, a relative path starts at the working folder', () => {
  expect(givenPath('a.mp3', {}, '/srv')).toBe('/srv/a.mp3')
  const other = { npm_lifecycle_event: 'test', INIT_CWD: '/elsewhere' }
  expect(givenPath('a.mp3', other, '/srv')).toBe('/srv/a.mp3')
})
