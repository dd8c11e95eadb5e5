/**
 * The names of the months in the languages of most churches that upload, and their usual short forms, without those
 * that are English words or books ("set", "out", "Gen").
 */
const monthNames: readonly string[][] = [
  'january jan januar jänner janvier janv enero ene janeiro gennaio januari styczeń stycznia января январь'.split(
    ' ',
  ),
  'february feb februar février fevrier févr febrero fevereiro fev febbraio februari luty lutego февраля февраль'.split(
    ' ',
  ),
  'march mar märz maerz mrz mars marzo março marco maart marzec marca марта март'.split(' '),
  'april apr avril avr abril abr aprile kwiecień kwietnia апреля апрель'.split(' '),
  'may mai mayo maio maggio mei maj maja мая май'.split(' '),
  'june jun juni juin junio junho giugno giu czerwiec czerwca июня июнь'.split(' '),
  'july jul juli juillet juil julio julho luglio lug lipiec lipca июля июль'.split(' '),
  'august aug août aout agosto augustus sierpień sierpnia августа август'.split(' '),
  'september sep sept septembre septiembre setembro settembre wrzesień września сентября сентябрь'.split(' '),
  'october oct oktober okt octobre octubre outubro ottobre ott październik października октября октябрь'.split(
    ' ',
  ),
  'november nov novembre noviembre novembro listopad listopada ноября ноябрь'.split(' '),
  'december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre grudzień grudnia декабря декабрь'.split(
    ' ',
  ),
]
const monthOf = new Map(monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)))
// Longest first, so that "marzo" is not read as "mar".
const month = `(${[...monthOf.keys()].sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}])\\.?`

/** `preachedOn` is empty if the digits can mean several days; `offered` then contains those. */
type Found = { preachedOn: string; offered: string[]; start: number; end: number }

function isoDate(year: number, monthNumber: number, day: number): string[] {
  if (year < 1900 || year > 2200) return []
  const date = new Date(Date.UTC(year, monthNumber - 1, day))
  if (date.getUTCMonth() !== monthNumber - 1 || date.getUTCDate() !== day) return []
  return [date.toISOString().slice(0, 10)]
}

const fullYear = (year: string | undefined) => (year?.length === 2 ? 2000 + Number(year) : Number(year))
const monthNumber = (name: string | undefined) => monthOf.get((name ?? '').toLowerCase()) ?? 0

type Pattern = { pattern: RegExp; isCertain: boolean; read: (groups: string[]) => string[] }
const named = (source: string): RegExp => new RegExp(source.replaceAll('MONTH', month), 'iu')

const patterns: Pattern[] = [
  {
    pattern: /(?<!\d)(\d{4})[-._ /](\d{1,2})[-._ /](\d{1,2})(?!\d)/,
    isCertain: true,
    read: ([y, m, d]) => isoDate(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?<!\d)((?:19|20|21)\d{2})(\d{2})(\d{2})(?!\d)/,
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
      String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[-_ ]*(?:(?:of|de|di|do|d’|d')[-_ ]+)?MONTH[-_, ]*(?:(?:de|del)[-_ ]+)?(\d{4})(?!\d)`,
    ),
    isCertain: true,
    read: ([d, m, y]) => isoDate(Number(y), monthNumber(m), Number(d)),
  },
  {
    pattern: named(String.raw`(?<![\p{L}\d])MONTH[-_ ]*(\d{1,2})(?:st|nd|rd|th)?[-_, ]+(\d{4})(?!\d)`),
    isCertain: true,
    read: ([m, d, y]) => isoDate(Number(y), monthNumber(m), Number(d)),
  },
  {
    pattern: named(String.raw`(?<!\d)(\d{4})[-_, ]*MONTH[-_ ]*(\d{1,2})(?:st|nd|rd|th)?(?!\d)`),
    isCertain: true,
    read: ([y, m, d]) => isoDate(Number(y), monthNumber(m), Number(d)),
  },
  {
    pattern: named(String.raw`(?<![\p{L}\d])(\d{1,2})[-_ ]?MONTH[-_ ]?(\d{2})(?![\d:])`),
    isCertain: true,
    read: ([d, m, y]) => isoDate(fullYear(y), monthNumber(m), Number(d)),
  },
  {
    pattern: /(?<![\d:.])(\d{1,2})([-._/])(\d{1,2})\2(\d{2})(?![\d:])/,
    isCertain: false,
    read: ([first, , second, year]) => eitherWay(fullYear(year), Number(first), Number(second)),
  },
  {
    pattern: /(?<!\d)([1-3]\d)(0\d|1[0-2])([0-3]\d)(?!\d)/,
    isCertain: false,
    read: ([y, m, d]) => isoDate(fullYear(y), Number(m), Number(d)),
  },
]

function eitherWay(year: number, first: number, second: number): string[] {
  return [...new Set([...isoDate(year, second, first), ...isoDate(year, first, second)])]
}

/** Finds the first date in a text, with its offsets: certain, or offered if it can mean several days. */
export function findDate(text: string): Found | null {
  for (const { pattern, isCertain, read } of patterns) {
    const match = pattern.exec(text)
    if (!match) continue
    const dates = read(match.slice(1))
    const [only = ''] = dates
    if (dates.length === 0) continue
    const preachedOn = isCertain && dates.length === 1 ? only : ''
    return {
      preachedOn,
      offered: preachedOn ? [] : dates,
      start: match.index,
      end: match.index + match[0].length,
    }
  }
  return null
}

const DAY_MS = 86_400_000
/** The dates of recorders with a clock that was never set. */
const unsetDays = /^(?:1904|1970|1980|1990|2000|20[01]\d)-01-01$/
const unsetYears = /^(?:1904|19[678]\d)-/

/**
 * Reads the day in a tag, in the time zone of the church. Empty if the clock was never set, if the day is in the
 * future, and if the moment is on different days in different zones and the zone is unknown.
 */
export function readTagDate(
  tag: string,
  { timeZone, nowMs }: { timeZone: string | null; nowMs: number },
): string {
  const moment =
    /^\s*(\d{4}-\d{2}-\d{2})[T ](\d{2}):?(\d{2})(?::?\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})\s*$/i.exec(tag)
  const day = moment ? dayOf(tag, timeZone) : (findDate(tag)?.preachedOn ?? '')
  if (day === '' || unsetDays.test(day) || unsetYears.test(day)) return ''
  return Date.parse(day) > nowMs + DAY_MS ? '' : day
}

function dayOf(tag: string, timeZone: string | null): string {
  const atMs = Date.parse(tag.trim().replace(' ', 'T'))
  if (Number.isNaN(atMs)) return ''
  const dayIn = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(atMs)
  if (timeZone !== null) return dayIn(timeZone)
  const [west, east] = [dayIn('Pacific/Honolulu'), dayIn('Pacific/Auckland')]
  return west === east ? west : ''
}
