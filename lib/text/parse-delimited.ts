/** Parses CSV or TSV to rows: quoted fields may contain the delimiter, quotes and line ends. Skips empty rows. */
export function parseDelimited(text: string, delimiter: ',' | ';' | '\t' | '|' = ','): string[][] {
  const rows: string[][] = [[]]
  const fields = new RegExp(
    `("(?:[^"]|"")*"|[^${delimiter}\\r\\n]*)(${delimiter === '|' ? '\\|' : delimiter}|\\r?\\n|$)`,
    'gy',
  )
  for (const [, field = '', end] of text.replace(/^\uFEFF/, '').matchAll(fields)) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim())
    if (end === '') break
    if (end !== delimiter) rows.push([])
  }
  return rows.filter((row) => row.some((value) => value !== ''))
}
