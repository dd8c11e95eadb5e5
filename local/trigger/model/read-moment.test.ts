import { expect, it } from 'vitest'

import { readMoment } from './read-moment.ts'

const now = new Date('2026-01-01T00:00:00Z')

it('reads durations, seconds and dates', () => {
  expect(readMoment('90s', now)).toEqual(new Date('2026-01-01T00:01:30Z'))
  expect(readMoment('1h', now)).toEqual(new Date('2026-01-01T01:00:00Z'))
  expect(readMoment(30, now)).toEqual(new Date('2026-01-01T00:00:30Z'))
  expect(readMoment('2026-12-25T10:00:00Z', now)).toEqual(new Date('2026-12-25T10:00:00Z'))
})

it('refuses text that is neither a duration nor a date', () => {
  expect(() => readMoment('soon', now)).toThrow(/neither a duration/)
})
