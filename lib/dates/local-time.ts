const dayMs = 24 * 60 * 60 * 1000

/** What a local time means: one moment, the first of two, or none. */
export type LocalTime =
  | { kind: 'exact'; iso: string }
  /** The clocks go back: the time occurs twice, and this is the first occurrence. */
  | { kind: 'repeated'; iso: string }
  /** The clocks go forward: there is no such time on that day. */
  | { kind: 'skipped' }
  /** Not a time. */
  | { kind: 'invalid' }

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    hourCycle: 'h23',
    timeZone,
  })
  formats.set(timeZone, format)
  return format
}

/** What the clocks of a time zone show at a moment, as the UTC moment with the same digits. */
function wallClockMs(atMs: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** What a `datetime-local` field shows of a moment, such as `2026-11-22T14:05`, in a time zone. */
export function toLocalTime(iso: string, timeZone: string): string {
  return new Date(wallClockMs(Date.parse(iso), timeZone)).toISOString().slice(0, 16)
}

/** The moment that the value of a `datetime-local` field means in a time zone. */
export function readLocalTime(local: string, timeZone: string): LocalTime {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return { kind: 'invalid' }
  const localMs = Date.parse(`${local}Z`)
  if (Number.isNaN(localMs) || new Date(localMs).toISOString().slice(0, 16) !== local) {
    return { kind: 'invalid' }
  }
  // Clocks change at most once in two days, so no other offset than those of the days before and after is possible.
  const moments = [localMs - dayMs, localMs + dayMs]
    .map((nearMs) => localMs - (wallClockMs(nearMs, timeZone) - nearMs))
    .filter((atMs) => wallClockMs(atMs, timeZone) === localMs)
    .sort((a, b) => a - b)
  const [first, second = first] = moments
  if (first === undefined) return { kind: 'skipped' }
  return { kind: second === first ? 'exact' : 'repeated', iso: new Date(first).toISOString() }
}
