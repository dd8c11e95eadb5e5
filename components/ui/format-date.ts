const locale = 'en-GB'

/**
 * An ISO day such as `2026-11-22` as `22 November 2026`, or `22 Nov 2026` where room is short; the same in
 * every time zone.
 */
export function formatDay(isoDay: string, dateStyle: 'long' | 'medium' = 'long'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(
    new Date(`${isoDay.slice(0, 10)}T00:00:00Z`),
  )
}

/** A moment as `22 Nov 2026, 14:05`, in the reader's time zone unless one is given. */
export function formatMoment(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(iso))
}

const steps: [limitSeconds: number, unitSeconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [86_400 * 7, 86_400, 'day'],
  [86_400 * 30, 86_400 * 7, 'week'],
  [86_400 * 365, 86_400 * 30, 'month'],
  [Number.POSITIVE_INFINITY, 86_400 * 365, 'year'],
]

/** How long ago, or how far ahead, a moment is: `just now`, `5 minutes ago`, `in 2 days`. */
export function formatRelative(iso: string, nowMs: number): string {
  const seconds = (new Date(iso).getTime() - nowMs) / 1000
  const distance = Math.abs(seconds)
  if (distance < 45) return 'just now'
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [limitSeconds, unitSeconds, unit] of steps) {
    if (distance < limitSeconds) {
      const count = Math.max(1, Math.round(distance / unitSeconds))
      return format.format(Math.sign(seconds) * count, unit)
    }
  }
  return ''
}
