import { describe, expect, test } from 'vitest'
import { readLocalTime, toLocalTime } from './local-time.ts'
import { findTimeZone, listTimeZones } from './time-zone.ts'
import { timeZoneSchema } from './time-zone-input.ts'

const newYork = 'America/New_York'

test('a time that the clocks skip has no moment', () => {
  expect(readLocalTime('2027-03-14T02:30', newYork)).toEqual({ kind: 'skipped' })
  expect(readLocalTime('2027-03-14T01:59', newYork).kind).toBe('exact')
  expect(readLocalTime('2027-03-14T03:00', newYork)).toEqual({
    kind: 'exact',
    iso: '2027-03-14T07:00:00.000Z',
  })
})

test('a time that occurs twice means its first occurrence', () => {
  expect(readLocalTime('2026-11-01T01:30', newYork)).toEqual({
    kind: 'repeated',
    iso: '2026-11-01T05:30:00.000Z',
  })
  expect(readLocalTime('2026-11-01T02:00', newYork).kind).toBe('exact')
})

test('half-hour changes and zones far from UTC are read in the same way', () => {
  expect(readLocalTime('2026-10-04T02:15', 'Australia/Lord_Howe')).toEqual({ kind: 'skipped' })
  expect(readLocalTime('2027-04-04T01:45', 'Australia/Lord_Howe').kind).toBe('repeated')
  // Samoa left out a whole day when it moved across the date line.
  expect(readLocalTime('2011-12-30T12:00', 'Pacific/Apia')).toEqual({ kind: 'skipped' })
  expect(readLocalTime('2026-11-22T12:30', 'Pacific/Kiritimati')).toEqual({
    kind: 'exact',
    iso: '2026-11-21T22:30:00.000Z',
  })
})

test.each(['', '2026-02-30T10:00', '2026-11-22', '2026-11-22T25:00', 'tomorrow'])(
  '%s is not a time',
  (text) => expect(readLocalTime(text, newYork)).toEqual({ kind: 'invalid' }),
)

describe('every moment of a year', () => {
  const hourMs = 60 * 60 * 1000
  // Odd minutes, so that quarter-hour zones and the minutes around each change are included.
  const moments = Array.from({ length: 366 }, (_, index) =>
    new Date(Date.UTC(2026, 0, 1) + index * 25 * hourMs + ((index * 7) % 60) * 60_000).toISOString(),
  )
  const zones = [newYork, 'Europe/London', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Santiago', 'UTC']
  test.each(zones)('in %s is shown as a time that means the same moment, or the first of two', (zone) => {
    for (const iso of moments) {
      const read = readLocalTime(toLocalTime(iso, zone), zone)
      if (read.kind === 'repeated') expect(Date.parse(iso) - Date.parse(read.iso)).toBeLessThanOrEqual(hourMs)
      else expect(read).toEqual({ kind: 'exact', iso })
    }
  })

  test('a skipped time is followed by one that exists, and every repeated time has two moments', () => {
    const kinds = { skipped: 0, repeated: 0 }
    // March and November have the changes of this zone; July has none.
    const halfHours = [2, 6, 10].flatMap((month) =>
      Array.from({ length: 30 * 48 }, (_, index) => Date.UTC(2026, month, 1) + index * 30 * 60_000),
    )
    for (const atMs of halfHours) {
      const local = new Date(atMs).toISOString().slice(0, 16)
      const read = readLocalTime(local, newYork)
      if (read.kind === 'skipped' || read.kind === 'repeated') kinds[read.kind] += 1
      if (read.kind === 'repeated') {
        const second = new Date(Date.parse(read.iso) + hourMs).toISOString()
        expect(toLocalTime(second, newYork)).toBe(local)
      }
    }
    // One hour in March and one in November, by half hours.
    expect(kinds).toEqual({ skipped: 2, repeated: 2 })
  })
})

test('time zones are names that browsers and the server support', () => {
  expect(findTimeZone('america/new_york')).toBe(newYork)
  for (const wrong of ['+01:00', 'Mars/Base', '', 'New York']) expect(findTimeZone(wrong)).toBeNull()
  expect(listTimeZones()).toContain('America/Los_Angeles')
  expect(listTimeZones()).toContain('UTC')
  expect(timeZoneSchema.parse('Europe/London')).toBe('Europe/London')
  expect(timeZoneSchema.parse(' london ')).toBe('Europe/London')
  expect(timeZoneSchema.parse('New York')).toBe(newYork)
  expect(timeZoneSchema.safeParse('Mars/Base').error?.issues[0]?.message).toMatch(/Choose a time zone/)
})
