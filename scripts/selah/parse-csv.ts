import { parseDelimited } from '#lib/text/parse-delimited.ts'

/** Rows of a CSV text by the names of its header. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header = [], ...body] = parseDelimited(text)
  return body.map((row) =>
    Object.fromEntries(header.map((name, place) => [name.trim().toLowerCase(), row[place] ?? ''])),
  )
}
