import { dateLanguages } from './month-names.ts'

const monday = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

function namesIn(language: string): string[] {
  return (['long', 'short'] as const).flatMap((weekday) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday })
    return Array.from({ length: 7 }, (_, day) => format.format(monday + day * DAY_MS))
  })
}

const names = new Set(
  dateLanguages
    .flatMap(namesIn)
    .map((name) => name.toLowerCase().replace(/\.$/, ''))
    .filter((name) => /^\p{L}[\p{L}\p{M}’'-]+$/u.test(name)),
)

/** The source of a pattern for the name of a weekday in any language that dates are read in. */
export const weekdayPattern = `(?:${[...names].sort((a, b) => b.length - a.length).join('|')})(?![\\p{L}\\p{M}])\\.?`
