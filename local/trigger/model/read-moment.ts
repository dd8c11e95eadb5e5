import { parseNaturalLanguageDuration } from '@trigger.dev/core/v3/isomorphic'

import { AppError } from '#lib/errors.ts'

/**
 * Converts a duration ("10m", "2h"), a number of seconds, or an ISO date into a time. Durations count from
 * `now`. A date in the past is returned unchanged. Throws bad_request for anything else.
 */
export function readMoment(value: string | number | Date, now: Date): Date {
  if (value instanceof Date) return value
  if (typeof value === 'number') return new Date(now.getTime() + value * 1000)
  const length = readDurationMs(value)
  if (length !== undefined) return new Date(now.getTime() + length)
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) {
    throw new AppError('bad_request', `"${value}" is neither a duration such as "10m" nor a date.`)
  }
  return date
}

/** True for a duration, which counts from now, false for a date. */
export function isDuration(value: string | number | Date): boolean {
  return typeof value === 'number' || (typeof value === 'string' && readDurationMs(value) !== undefined)
}

function readDurationMs(value: string): number | undefined {
  const before = Date.now()
  const date = parseNaturalLanguageDuration(value)
  if (!date) return
  // The parser counts from its own clock, which may tick while it works.
  return Math.round((date.getTime() - before) / 1000) * 1000
}
