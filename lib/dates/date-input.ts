import { z } from 'zod'

/** A day as `2026-11-22`. ISO 8601 has a year 0, and the database has not: it is refused like a day that no month has. */
export const dayInput = z.iso.date().check(({ value, issues }) => {
  if (value.startsWith('0000')) {
    issues.push({ code: 'invalid_format', format: 'date', input: value, continue: true })
  }
})

/** A moment with its zone, in the years 1 to 9999 of UTC: other years have no such text in the database. */
export const momentInput = z.iso.datetime({ offset: true }).check(({ value, issues }) => {
  const year = new Date(value).getUTCFullYear()
  // Not a moment at all: that is refused already.
  if (Number.isNaN(year) || (year >= 1 && year <= 9999)) return
  issues.push({ code: 'invalid_format', format: 'datetime', input: value, continue: true })
})
