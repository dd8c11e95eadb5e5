import { leadingMonthPattern, monthPattern, monthsOf } from './month-names.ts'
import { weekdayPattern } from './weekday-names.ts'

/** `preachedOn` is empty if the digits can mean several days (`offered` contains those), or no day of a recording. */
type Found = { preachedOn: string; offered: string[]; start: number; end: number }

function isoDate(year: number, monthNumber: number, day: number): string[] {
  if (year < 1900 || year > 2200) return []
  const date = new Date(Date.UTC(year, monthNumber - 1, day))
  if (date.getUTCMonth() !== monthNumber - 1 || date.getUTCDate() !== day) return []
  return [date.toISOString().slice(0, 10)]
}

const fullYear = (year: string | undefined) => (year?.length === 2 ? 2000 + Number(year) : Number(year))
/** The days that a day in a named month can be: several for a name that means different months. */
const namedDays = (year: string | undefined, name: string | undefined, day: string | undefined): string[] =>
  [...(monthsOf.get((name ?? '').toLowerCase()) ?? [])].flatMap((month) =>
    isoDate(fullYear(year), month, Number(day)),
  )

type Pattern = { pattern: RegExp; isCertain: boolean; read: (groups: string[]) => string[] }
const named = (source: string): RegExp =>
  new RegExp(source.replaceAll('LEADING', leadingMonthPattern).replaceAll('MONTH', monthPattern), 'iu')

const patterns: Pattern[] = [
  {
    pattern: /(?<!\d)(\d{4})[-._ /](\d{1,2})[-._ /](\d{1,2})(?!\d)/,
    isCertain: true,
    read: ([y, m, d]) => isoDate(Number(y), Number(m), Number(d)),
  },
  {
    // The time may follow directly: "REC20240310110533".
    pattern: /(?<!\d)((?:19|20|21)\d{2})(\d{2})(\d{2})(?=(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?(?!\d))/,
    isCertain: true,
    read: ([y, m, d]) => isoDate(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?<!\d)(\d{4})(?:年|년 ?)(\d{1,2})(?:月|월 ?)(\d{1,2})(?:日|일)/,
    isCertain: true,
    read: ([y, m, d]) => isoDate(Number(y), Number(m), Number(d)),
  },
  {
    // 03-04-2026 is March or April: a wrong date is worse than none.
    pattern: /(?<![\d:])(\d{1,2})([-._/ ])(\d{1,2})\2(\d{4})(?!\d)/,
    isCertain: true,
    read: ([first, , second, year]) => eitherWay(Number(year), Number(first), Number(second)),
  },
  {
    pattern: named(
      String.raw`(?:\bthe )?(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[-_ ]*(?:(?:of|de|di|do|d’|d')[-_ ]*)?MONTH[-_, ]*(?:(?:de|del)[-_ ]+)?(\d{4})(?!\d)`,
    ),
    isCertain: true,
    read: ([d, m, y]) => namedDays(y, m, d),
  },
  {
    pattern: named(String.raw`(?<![\p{L}\d])LEADING[-_ ]*(\d{1,2})(?:st|nd|rd|th)?[-_, ]+(\d{4})(?!\d)`),
    isCertain: true,
    read: ([m, d, y]) => namedDays(y, m, d),
  },
  {
    pattern: named(String.raw`(?<!\d)(\d{4})[-_., ]*MONTH[-_ ]*(\d{1,2})(?:st|nd|rd|th|\.)?(?!\d)`),
    isCertain: true,
    read: ([y, m, d]) => namedDays(y, m, d),
  },
  {
    pattern: named(
      String.raw`(?<![\p{L}\d])(\d{1,2})(?:st|nd|rd|th|\.)?[-_ ]?MONTH[-_ ]?['’]?(\d{2})(?![\d:.])`,
    ),
    isCertain: true,
    read: ([d, m, y]) => namedDays(y, m, d),
  },
  {
    pattern: /(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)/,
    isCertain: true,
    read: ([first, second, year]) => eitherWay(Number(year), Number(first), Number(second)),
  },
  {
    pattern: /(?<![\d:.])(\d{1,2})([-._/])(\d{1,2})\2(\d{2})(?![\d:])/,
    isCertain: false,
    read: ([first, , second, last]) => {
      const days = eitherWay(fullYear(last), Number(first), Number(second))
      const isYearFirst = days.length < 2 && first?.length === 2 && second?.length === 2
      return isYearFirst ? [...days, ...isoDate(fullYear(first), Number(second), Number(last))] : days
    },
  },
  {
    pattern: /(?<!\d)([1-3]\d)(0\d|1[0-2])([0-3]\d)(?!\d)/,
    isCertain: false,
    read: ([y, m, d]) => isoDate(fullYear(y), Number(m), Number(d)),
  },
  {
    // "031024": six digits of a day with its year last.
    pattern: /(?<!\d)([0-3]\d)([0-3]\d)([0-3]\d)(?!\d)/,
    isCertain: false,
    read: ([first, second, year]) => eitherWay(fullYear(year), Number(first), Number(second)),
  },
]

function eitherWay(year: number, first: number, second: number): string[] {
  return [...new Set([...isoDate(year, second, first), ...isoDate(year, first, second)])]
}

const DAY_MS = 86_400_000
const TYPED_SINCE_YEAR = 1930
/** Days of recorders with a clock that was never set: where their clocks begin, and New Year of their model's year. */
const unsetDay = /^(?:1904|1970|1980)-01|^(?:1903|1969|1979)-12-31$|^(?:19[0-9]\d|20[01]\d|2020)-01-01$/

/** Whether a recording can be of this day: not before there were any, not the start of a clock, not to come. */
function isPossibleDay(day: string, nowMs: number): boolean {
  const isRecent = Number(day.slice(0, 4)) >= TYPED_SINCE_YEAR
  return isRecent && !unsetDay.test(day) && Date.parse(day) <= nowMs + DAY_MS
}

/** The time of day that recorders write behind the date in a file name, and AM or PM. */
const timeOfDay =
  /^(?:(?:T|(?:[T_ -]+|,? +(?:at|um|à|a las|às|alle|om) ))?(?:[01]?\d|2[0-3])(?:[-.:_h]?[0-5]\d[-.:_m]?[0-5]\ds?|[-.:_h][0-5]\d)|[_-](?:[01]\d|2[0-3])[0-5]\d(?=\s*$))(?:\s?[ap]\.?m\b\.?)?(?![\p{L}\d])/iu
/** "Year" behind its number, as in Russian and Ukrainian: "10 марта 2024 г." */
const wordForYear = /^ ?(?:года?|року?|[гр])(?![\p{L}\p{M}])\.?/iu
/** The weekday beside a date, as in "Sunday, 10 March" and "10.3.2024 (Sonntag)", but not in "Palm Sunday 24 March". */
const weekdayBefore = new RegExp(
  `(?<=^\\s*|[,:;|–—(_-]\\s*)${weekdayPattern}[\\s,_-]*(?:(?:the|den|le)\\s+)?$`,
  'iu',
)
const weekdayAfter = new RegExp(
  `^[\\s,_-]*(?:\\(${weekdayPattern}\\)|${weekdayPattern}(?=[\\s,:_-]*$|\\s*[,:|–—-]))`,
  'iu',
)

/**
 * Finds the first date in a text, with its offsets: certain, or offered if it can mean several days. A day that no
 * recording can have gives neither.
 */
export function findDate(text: string, nowMs: number): Found | null {
  for (const { pattern, isCertain, read } of patterns) {
    const match = pattern.exec(text)
    if (!match) continue
    const named = read(match.slice(1))
    const days = named.filter((day) => isPossibleDay(day, nowMs))
    if (named.length === 0 || (days.length === 0 && !isCertain)) continue
    const [only = ''] = days
    const preachedOn = isCertain && named.length === 1 ? only : ''
    const start = weekdayBefore.exec(text.slice(0, match.index))?.index ?? match.index
    const dateEnd = match.index + match[0].length
    const afterDate = dateEnd + (wordForYear.exec(text.slice(dateEnd))?.[0] ?? '').length
    const afterTime = afterDate + (timeOfDay.exec(text.slice(afterDate))?.[0] ?? '').length
    const weekday = start === match.index ? (weekdayAfter.exec(text.slice(afterTime))?.[0] ?? '') : ''
    return { preachedOn, offered: preachedOn ? [] : days, start, end: afterTime + weekday.length }
  }
  return null
}

/**
 * Reads the day in a tag, in the time zone of the church. Empty if the clock was never set, if the day is in the
 * future, and if the moment is on different days in different zones and the zone is unknown.
 */
export function readTagDate(
  tag: string,
  { timeZone, nowMs }: { timeZone: string | null; nowMs: number },
): string {
  const moment =
    /^\s*(\d{4})[-:](\d{2})[-:](\d{2})(?:[T ]+\d{2}:?\d{2}(?::?\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$/i.exec(
      tag,
    )
  if (!moment) return findDate(tag, nowMs)?.preachedOn ?? ''
  const [, year, month, date, zone] = moment
  const [written = ''] = isoDate(Number(year), Number(month), Number(date))
  // A clock that was never set shows its first day in its own zone.
  if (written === '' || !isPossibleDay(written, nowMs)) return ''
  if (zone === undefined) return written
  const day = dayOf(`${written}${tag.trim().slice(written.length)}`, timeZone)
  return day !== '' && isPossibleDay(day, nowMs) ? day : ''
}

function dayOf(tag: string, timeZone: string | null): string {
  const atMs = Date.parse(tag.replace(/ +(?=\d)/, 'T').replace(/\s/g, ''))
  if (Number.isNaN(atMs)) return ''
  const dayIn = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(atMs)
  if (timeZone !== null) return dayIn(timeZone)
  const [west, east] = [dayIn('Pacific/Honolulu'), dayIn('Pacific/Auckland')]
  return west === east ? west : ''
}
