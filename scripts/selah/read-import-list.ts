import { stat } from 'node:fs/promises'
import path from 'node:path'
import { decodeTextFile } from '#lib/transcripts/decode-text-file.ts'
import { readGivenFile } from './given-files.ts'
import { parseCsv } from './parse-csv.ts'

const MAX_NAMED = 10

/**
 * Reads the rows of a CSV file. `column` names the file of a row, and `optional` a second one; both come back as
 * complete paths, since those in the list are relative to it. Throws an Error that names every problem of the list
 * before anything is imported: a column or a cell that is missing, and files that do not exist.
 */
export async function readImportList(
  given: string,
  { column, optional }: { column: string; optional?: string | undefined },
): Promise<Record<string, string>[]> {
  const rows = parseCsv(decodeTextFile(await readGivenFile(given)))
  const [first] = rows
  if (!first) throw new Error(`${given} lists nothing to import.`)
  if (first[column] === undefined) {
    throw new Error(
      `${given} has no column “${column}”. The columns of its first line are: ${Object.keys(first).join(', ')}.`,
    )
  }
  const empty = rows.flatMap((row, place) => (row[column] === '' ? [place + 2] : []))
  if (empty.length > 0)
    throw new Error(`These rows of ${given} name no ${column}: ${listed(empty.map(String))}.`)
  const resolved = rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      [column, optional ?? column].flatMap((name) =>
        row[name] ? [[name, path.resolve(path.dirname(given), row[name])]] : [],
      ),
    ),
  }))
  const files = resolved.flatMap((row: Record<string, string>) => [
    row[column],
    optional ? row[optional] : '',
  ])
  await requireFiles(given, [...new Set(files.filter((file): file is string => Boolean(file)))])
  return resolved
}

async function requireFiles(given: string, files: readonly string[]): Promise<void> {
  const found = await Promise.all(
    files.map((file) =>
      stat(file).then(
        (entry) => entry.isFile(),
        () => false,
      ),
    ),
  )
  const missing = files.filter((_, place) => !found[place])
  if (missing.length === 0) return
  throw new Error(`Nothing was imported: ${given} lists files that do not exist: ${listed(missing)}.`)
}

function listed(names: readonly string[]): string {
  const further = names.length - MAX_NAMED
  return names.slice(0, MAX_NAMED).join(', ') + (further > 0 ? ` and ${further} more` : '')
}
