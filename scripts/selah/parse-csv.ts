import { parseDelimited } from '#lib/text/parse-delimited.ts'

/** Parses a CSV text into rows, with the names of its header as keys. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header = [], ...body] = parseDelimited(text)
  return body.map((row) =>
    Object.fromEntries(header.map((name, place) => [name.trim().toLowerCase(), row[place] ?? ''])),
  )
}
