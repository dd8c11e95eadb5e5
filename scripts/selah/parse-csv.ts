import { parseDelimited } from '#lib/text/parse-delimited.ts'

const delimiters = [',', ';', '\t', '|'] as const

/** Parses a CSV text into rows, with the names of its header as keys. The header shows which sign parts the fields. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header = [], ...body] = parseDelimited(text, findDelimiter(text))
  return body.map((row) =>
    Object.fromEntries(header.map((name, place) => [name.trim().toLowerCase(), (row[place] ?? '').trim()])),
  )
}

/** Spreadsheets of many countries write semicolons. */
function findDelimiter(text: string): (typeof delimiters)[number] {
  const [header = ''] = text
    .replace(/"[^"]*"/g, '')
    .trimStart()
    .split(/\r?\n/)
  const count = (sign: string) => header.split(sign).length
  return delimiters.reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
