import { expect, it } from 'vitest'

import { readMoment } from './read-duration.ts'

const now = new Date('2026-01-01T00:00:00Z')

it('reads lengths, seconds and dates', () => {
  expect(readMoment('90s', now)).toEqual(new Date('2026-01-01T00:01:30Z'))
  expect(readMoment('1h', now)).toEqual(new Date('2026-01-01T01:00:00Z'))
  expect(readMoment(30, now)).toEqual(new Date('2026-01-01T00:00:30Z'))
  expect(readMoment('2026-12-25T10:00:00Z', now)).toEqual(new Date('2026-12-25T10:00:00Z'))
})

it('refuses what is neither', () => {
  expect(() => readMoment('soon', now)).toThrow(/neither a duration/)
})
