/**
 * The pattern of a clock time in a caption file, as the source of a regular expression: `1:02:03.456` and the variants
 * of programs and people (spaces inside, another mark than a full stop before the fraction, a minus before it).
 */
export const clockSource = String.raw`[-−]?\d{1,3} ?: ?\d{1,2}(?: ?: ?\d{1,2}(?!\d))?(?: ?[.,;:'’·] ?\d{1,6}(?![\d:]))?`

const FRAMES_A_SECOND = 25

/** Parses a clock time to ms, which may be negative; null for other texts. */
export function readClock(text: string): number | null {
  const clean = text.replace(/\s+/g, '').replace('−', '-')
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
  if (!/[&\\TZhms.'´]/.test(plain)) return plain
  return plain
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
