import { expect, test } from 'vitest'
import { episodeMoment, formatFeedDate } from './feed-date.ts'

const inZone = (timeZone: string, oldest: string | null = null) => ({ timeZone, oldest })

test.each([
  ['2026-11-22T20:00:00Z', 'America/Los_Angeles', 'Sun, 22 Nov 2026 12:00:00 -0800'],
  ['2026-07-05T11:00:07.900Z', 'Europe/London', 'Sun, 05 Jul 2026 12:00:07 +0100'],
  ['2026-11-22T06:15:00Z', 'Asia/Kathmandu', 'Sun, 22 Nov 2026 12:00:00 +0545'],
  ['2026-11-21T22:30:00Z', 'Pacific/Kiritimati', 'Sun, 22 Nov 2026 12:30:00 +1400'],
])('%s in %s is %s', (iso, zone, text) => {
  expect(formatFeedDate(iso, zone)).toBe(text)
  expect(Date.parse(text)).toBe(Math.floor(Date.parse(iso) / 1000) * 1000)
})

test.each(['America/New_York', 'Europe/London', 'UTC'])('a day before 1900 is that day in %s', (zone) => {
  const moment = episodeMoment(
    { preachedOn: '1855-01-07', publishedAt: '2026-11-22T10:00:00Z' },
    inZone(zone),
  )
  expect(formatFeedDate(moment, zone)).toMatch(/^Sun, 07 Jan 1855 12:00:/)
  expect(Date.parse(formatFeedDate(moment, zone))).toBe(Date.parse(moment))
})

test('an episode is never dated after it was published, because apps hide those', () => {
  const publishedAt = '2026-11-22T17:30:00.000Z'
  const at = (preachedOn: string | null) =>
    episodeMoment({ preachedOn, publishedAt }, inZone('America/Los_Angeles'))
  expect(at('2026-11-15')).toBe('2026-11-15T20:00:00.000Z')
  expect(at('2026-11-22')).toBe(publishedAt)
  expect(at('2026-12-25')).toBe(publishedAt)
  expect(at(null)).toBe(publishedAt)
})

test('an episode without a day is not dated after the oldest that has one, nor after it was published', () => {
  const at = (publishedAt: string, oldest: string | null) =>
    episodeMoment({ preachedOn: null, publishedAt }, inZone('UTC', oldest))
  const [earlier, later] = ['2001-01-07T20:00:00.000Z', '2026-11-22T17:30:00.000Z'] as const
  expect(at(later, earlier)).toBe(earlier)
  expect(at(earlier, later)).toBe(earlier)
  expect(at(later, null)).toBe(later)
})
