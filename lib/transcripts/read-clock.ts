/**
 * The pattern of a clock time in a caption file, as the source of a regular expression: `1:02:03.456` and the variants
 * of programs and people (spaces inside, another mark than a full stop before the fraction, a minus before it).
 */
export const clockSource = String.raw`[-−]?\d{1,3} ?: ?[-−]?\d{1,2}(?: ?: ?[-−]?\d{1,2}(?!\d))?(?: ?[.,;:'’·] ?[-−]?\d{1,6}(?![\d:]))?`

const FRAMES_A_SECOND = 25

/** Parses a clock time to ms, which may be negative; null for other texts. */
export function readClock(text: string): number | null {
  const signs = text.replace(/\s+/g, '').replaceAll('−', '-')
  // Programs that shift times put the sign before any part: "00:00:-2,000", "00:00:00,-500".
  const clean = `${signs.includes('-') ? '-' : ''}${signs.replaceAll('-', '')}`
  const long = /^(-)?(\d{1,3}):(\d{1,2}):(\d{1,2})(?:([.,;:'’·])(\d{1,6}))?$/.exec(clean)
  if (long) {
    const [, sign, hours, minutes, seconds, mark = '', fraction = ''] = long
    return signed(
      sign,
      (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + part(mark, fraction),
    )
  }
  const short = /^(-)?(\d{1,3}):(\d{1,2})(?:([.,;:'’·])(\d{1,6}))?$/.exec(clean)
  if (!short) return null
  const [, sign, minutes, seconds, mark = '', fraction = ''] = short
  return signed(sign, (Number(minutes) * 60 + Number(seconds)) * 1000 + part(mark, fraction))
}

function part(mark: string, digits: string): number {
  if (digits === '') return 0
  // Two digits after a colon or semicolon count frames.
  if (/[;:]/.test(mark) && digits.length === 2) {
    return Math.min(999, Math.round((Number(digits) * 1000) / FRAMES_A_SECOND))
  }
  return Math.round(Number(`0.${digits}`) * 1000)
}

function signed(sign: string | undefined, ms: number): number {
  return sign && ms > 0 ? -ms : ms
}

/**
 * Normalises the spaces, invisible marks and digits of a line, the ways in which times are spelt (`1h02m03s`,
 * `1.02.03,000`, a date before them), and the arrows of HTML and Markdown.
 */
export function plainLine(line: string): string {
  const plain = /^[\t-~]*$/.test(line) ? line : toAscii(line)
  const spelt = mayBeSpelt(plain) ? plain.replace(speltTime, toClock) : plain
  if (!/[&\\TZhms.'´*_′″]/.test(spelt)) return spelt
  return spelt
    .replace(/(?<!\S)(?:\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)(?!\S)/g, '')
    .replace(/(?<!\S)(\d{1,3})['’′](\d\d)["”″]?(?!\S)/g, '$1:$2')
    .replace(/&(?:gt|#62|#x3e);/gi, '>')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/&(?:rarr|#8594|#x2192);/gi, '→')
    .replace(/&(?:quot|#34);/gi, '"')
    .replace(/\\(?=[-<>])/g, '')
    .replace(/\b\d{4}-\d\d-\d\d[T ](?=\d\d?:\d\d:\d\d)/g, '')
    .replace(/(?<=\d\d?:\d\d:\d\d(?:[.,]\d{1,6})?)Z\b/g, '')
    .replace(
      /\b(\d{1,2})h(\d{1,2})m(\d{1,2})s(\d{0,3})\b/g,
      (_, h, m, s, ms) => `${h}:${m}:${s},${ms || '0'}`,
    )
    .replace(/\b(\d{1,2})\.(\d{2})\.(\d{2})[.,](\d{3})(?!\d)/g, '$1:$2:$3,$4')
    .replace(/(?<=:\d\d)['´](?=\d{3}(?!\d))/g, ',')
}

const languages = 'en de es fr it pt nl pl ru uk ro sv da nb fi cs hu el tr id vi ko zh ja'.split(' ')

/** The words and signs for a unit of time, in many languages. */
function namesOf(unit: 'hour' | 'minute' | 'second'): string {
  const names = languages.flatMap((language) =>
    (['long', 'short', 'narrow'] as const).flatMap((unitDisplay) =>
      [1, 2, 5].map((count) =>
        new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay })
          .format(count)
          .replace(/[\d\s]/g, ''),
      ),
    ),
  )
  const letters = [...new Set(names)].filter((name) => /^\p{L}[\p{L}\p{M}]*\.?$/u.test(name))
  return letters
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace('.', String.raw`\.?`))
    .join('|')
}

const amount = (unit: 'hour' | 'minute' | 'second') =>
  String.raw`(\d{1,3}(?:[.,]\d{1,3})?) ?(?:${namesOf(unit)})`
const between = `,?(?: (?:and|und|y|et|e|en|og|och|i|ja) )? ?`
/**
 * A time of several units at the start of a line, or one alone in its line or after a name: "0 minutes 1 second",
 * "0m 1s", "Ruth 12 seconds".
 */
const speltTime = new RegExp(
  `^([\\s[(<*_]*)(?:(?:${amount('hour')}${between})?${amount('minute')}${between}${amount('second')}|${amount('hour')}${between}${amount('minute')})(?![\\p{L}\\p{M}\\p{N}])` +
    `|^(.{0,60}?[\\s[(<]|)(?:(?:${amount('hour')}${between})?(?:${amount('minute')}${between})?${amount('second')}|${amount('minute')})(?=[\\])>\\s:]*$)`,
  'u',
)

const LONGEST_SPELT = 120

/** Digits and a unit are at the start, or at the end of a short line. */
function mayBeSpelt(line: string): boolean {
  if (line.length > 5000) return false
  return (
    /^[\s[(<*_]*\d{1,3}(?:[.,]\d{1,3})? ?\p{L}/u.test(line) ||
    (line.length < LONGEST_SPELT && /\d ?\p{L}{1,12}\.?[\])>\s:]*$/u.test(line))
  )
}

function toClock(...[, open, h1, m1, s1, h2, m2, name, h3, m3, s3, m4]: (string | undefined)[]): string {
  const [hours, minutes, seconds] = [h1 ?? h2 ?? h3, m1 ?? m2 ?? m3 ?? m4, s1 ?? s3].map((text = '0') =>
    text.replace(',', '.'),
  )
  const [whole = '0', fraction] = (seconds ?? '0').split('.')
  const clock = `${hours}:${(minutes ?? '0').padStart(2, '0')}:${whole.padStart(2, '0')}`
  return `${open ?? name ?? ''}${clock}${fraction ? `.${fraction}` : ''}`
}

function toAscii(line: string): string {
  return line
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]/g, '')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\uff0c-\uff0e\uff1a-\uff1e]/g, (letter) => letter.normalize('NFKC'))
    .replace(/(?![0-9])\p{Nd}/gu, toAsciiDigit)
    .replace(/(?<=\d ?)[\u2236\ua789\u02f8\ufe55](?= ?\d)/g, ':')
    .replace(/(?<=\d ?)[\u066b\u060c](?= ?\d)/g, ',')
    .replace(/(?<=:\d\d)’(?=\d{3}(?!\d))/g, ',')
}

/** The digits of every script are ten letters in a row, from zero. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}
