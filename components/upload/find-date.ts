const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'

type Found = { preachedOn: string; start: number; end: number }

function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.toISOString().slice(0, 10)
}

const patterns: { pattern: RegExp; read: (groups: string[]) => string | null }[] = [
  {
    pattern: /(?<!\d)(\d{4})[-._ /](\d{1,2})[-._ /](\d{1,2})(?!\d)/,
    read: ([y, m, d]) => isoDate(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?<!\d)((?:19|20|21)\d{2})(\d{2})(\d{2})(?!\d)/,
    read: ([y, m, d]) => isoDate(Number(y), Number(m), Number(d)),
  },
  {
    pattern: /(?<!\d)(\d{1,2})[-._/](\d{1,2})[-._/](\d{4})(?!\d)/,
    read: ([first, second, year]) => {
      const [a, b, y] = [Number(first), Number(second), Number(year)]
      if (a > 12) return isoDate(y, b, a)
      if (b > 12) return isoDate(y, a, b)
      // 03-04-2026 is March or April: a wrong date is worse than none.
      return a === b ? isoDate(y, a, b) : null
    },
  },
  {
    pattern: new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[-_ ]+${monthName}[-_, ]+(\\d{4})(?!\\d)`, 'i'),
    read: ([d, m, y]) => isoDate(Number(y), months.indexOf((m ?? '').toLowerCase()) + 1, Number(d)),
  },
  {
    pattern: new RegExp(`(?<![a-z])${monthName}[-_ ]+(\\d{1,2})(?:st|nd|rd|th)?[-_, ]+(\\d{4})(?!\\d)`, 'i'),
    read: ([m, d, y]) => isoDate(Number(y), months.indexOf((m ?? '').toLowerCase()) + 1, Number(d)),
  },
]

/** The first date in a text that can mean one day only, with the place it was found. */
export function findDate(text: string): Found | null {
  for (const { pattern, read } of patterns) {
    const match = pattern.exec(text)
    if (!match) continue
    const preachedOn = read(match.slice(1))
    if (preachedOn) return { preachedOn, start: match.index, end: match.index + match[0].length }
  }
  return null
}
