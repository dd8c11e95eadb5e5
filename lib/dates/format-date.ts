import { defaultLanguage } from '#lib/messages/languages.ts'

/** How a reader sees dates and times: in the time zone of the church, in the language of the page. */
export type DateStyle = { language: string; timeZone: string }

/** English dates are written as in Britain: `22 November 2026`. */
const localeOf = (language: string) => (language === defaultLanguage ? 'en-GB' : language)

/**
 * Formats an ISO day such as `2026-11-22` as `22 November 2026`, or `22 Nov 2026` for style `medium`; the same in
 * every time zone.
 */
export function formatDay(isoDay: string, language: string, dateStyle: 'long' | 'medium' = 'long'): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle, timeZone: 'UTC' }).format(
    new Date(`${isoDay.slice(0, 10)}T00:00:00Z`),
  )
}

/** A moment as `22 Nov 2026, 14:05`. */
export function formatMoment(iso: string, { language, timeZone }: DateStyle): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(iso))
}

/** The time of day of a moment to the millisecond, for logs: `14:05:09.120`. */
export function formatLogTime(iso: string, { language, timeZone }: DateStyle): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZone,
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

/** How long ago, or how far ahead, a moment is: `now`, `5 minutes ago`, `in 2 days`. */
export function formatRelative(iso: string, nowMs: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' })
  const seconds = (new Date(iso).getTime() - nowMs) / 1000
  const distance = Math.abs(seconds)
  const [, unitSeconds, unit] = steps.find(([limitSeconds]) => distance < limitSeconds) ?? [0, 86_400, 'day']
  if (distance < 45) return format.format(0, 'second')
  const count = Math.max(1, Math.round(distance / unitSeconds))
  return format.format(Math.sign(seconds) * count, unit)
}
