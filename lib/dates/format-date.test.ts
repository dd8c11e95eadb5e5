import { expect, test } from 'vitest'
import { formatDay, formatLogTime, formatMoment, formatRelative } from './format-date.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const inLosAngeles = { language: 'en', timeZone: 'America/Los_Angeles' }

test('a day is the same in every time zone, in the language of the reader', () => {
  expect(formatDay('2026-11-22', 'en')).toBe('22 November 2026')
  expect(formatDay('2026-11-22', 'en', 'medium')).toBe('22 Nov 2026')
  expect(formatDay('2026-11-22', 'de')).toBe('22. November 2026')
})

test('a moment is shown in the zone of the church, in summer and in winter', () => {
  expect(formatMoment('2026-11-22T20:30:00Z', inLosAngeles)).toBe('22 Nov 2026, 12:30')
  expect(formatMoment('2026-07-22T19:30:00Z', inLosAngeles)).toBe('22 Jul 2026, 12:30')
  expect(formatMoment('2026-11-22T20:30:00Z', { language: 'de', timeZone: 'UTC' })).toBe('22.11.2026, 20:30')
  expect(formatLogTime('2026-11-22T20:30:09.120Z', inLosAngeles)).toBe('12:30:09.120')
})

test.each([
  ['2026-11-22T11:59:40Z', 'now'],
  ['2026-11-22T11:55:00Z', '5 minutes ago'],
  ['2026-11-22T15:00:00Z', 'in 3 hours'],
  ['2026-11-21T12:00:00Z', 'yesterday'],
  ['2026-11-08T12:00:00Z', '2 weeks ago'],
])('%s is shown as %s', (iso, text) => expect(formatRelative(iso, now, 'en')).toBe(text))
