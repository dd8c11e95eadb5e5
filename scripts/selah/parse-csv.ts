/** Rows of a CSV text by the names of its header: quoted fields may hold commas, quotes and line ends. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]]
  const fields = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gy
  for (const [, field = '', end] of text.replace(/^\uFEFF/, '').matchAll(fields)) {
    const value = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim()
    rows.at(-1)?.push(value)
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  const [header = [], ...body] = rows.filter((row) => row.some((value) => value !== ''))
  return body.map((row) =>
    Object.fromEntries(header.map((name, place) => [name.trim().toLowerCase(), row[place] ?? ''])),
  )
}
