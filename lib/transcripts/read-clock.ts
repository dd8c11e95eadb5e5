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

/** Normalises the spaces, invisible marks and full-width digits of a line, and decodes HTML arrows. */
export function plainLine(line: string): string {
  return line
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/[\uff10-\uff1b\uff0c\uff0e\uff1e]/g, (letter) => letter.normalize('NFKC'))
    .replace(/&(?:gt|#62|#x3e);/gi, '>')
    .replace(/&nbsp;|&#160;/gi, ' ')
    .replace(/&(?:rarr|#8594);/gi, '→')
    .replace(/&(?:quot|#34);/gi, '"')
}
