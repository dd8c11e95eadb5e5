import type { Api } from './connect-api.ts'
import { type ImportedSermon, type ImportOptions, importSermon, RefusedFile } from './import-sermon.ts'
import { readImportList } from './read-import-list.ts'

/**
 * Imports the recordings that a CSV file lists: a header with `audio` and any of `transcript`, `title`, `speaker`,
 * `series`, `topics`, `date`, `scripture`, `description`, `language`; paths are relative to the file. `options` fill empty
 * fields of a row. A file that is not a recording is skipped: `skipped` has a sentence for each.
 */
export async function importRecordings(
  api: Api,
  given: string,
  options: ImportOptions,
  report: (message: string) => void,
): Promise<{ imported: ImportedSermon[]; skipped: string[] }> {
  const rows = await readImportList(given, { column: 'audio', optional: 'transcript' })
  const imported: ImportedSermon[] = []
  const skipped: string[] = []
  for (const { audio = '', transcript = '', ...row } of rows) {
    const details = {
      ...options,
      ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')),
      ...(transcript === '' ? {} : { transcript }),
    }
    try {
      imported.push(await importSermon(api, audio, details, report))
    } catch (error) {
      if (!(error instanceof RefusedFile)) throw error
      skipped.push(error.message)
      report(`skipped: ${error.message}`)
    }
    report(`imported ${imported.length} of ${rows.length}`)
  }
  return { imported, skipped }
}
