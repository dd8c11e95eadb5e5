import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { decodeTextFile } from '#lib/transcripts/decode-text-file.ts'
import { type Api, ApiError } from './connect-api.ts'
import { readGivenFile, sizeOfGivenFile } from './given-files.ts'
import { readImportList } from './read-import-list.ts'
import { splitTopics } from './split-topics.ts'

const POLL_MS = 500
const PARALLEL_IMPORTS = 4

const facet = z.enum(['waiting', 'pending', 'running', 'ready', 'failed'])
const sermonSchema = z
  .object({ id: z.string(), title: z.string(), facets: z.object({ index: facet }).loose() })
  .loose()

export type ImportedText = z.infer<typeof sermonSchema>
export type TextDetails = {
  title?: string | undefined
  speaker?: string | undefined
  series?: string | undefined
  /** Separated by commas or semicolons. */
  topics?: string | undefined
  date?: string | undefined
  scripture?: string | undefined
  description?: string | undefined
  language?: string | undefined
}
type TextFile = TextDetails & { file: string }

/**
 * Imports texts without a recording: one file, every .txt file of a folder, or the rows of a CSV file with
 * a header (`file` and any of `title`, `speaker`, `series`, `topics`, `date`, `scripture`, `description`,
 * `language`). `details` fill empty fields of a row. Empty files and those that macOS adds are skipped: `skipped` has a sentence for each. A
 * text that cannot be used does not stop the others; `refused` says why. With `wait` it returns when every text is searchable or has failed.
 */
export async function importTexts(
  api: Api,
  given: string,
  { publish, wait, details }: { publish: boolean; wait: boolean; details: TextDetails },
  report: (message: string) => void,
): Promise<{ imported: ImportedText[]; skipped: string[]; refused: string[] }> {
  const { files, skipped } = await sortOut(await listTexts(given))
  for (const sentence of skipped) report(`skipped: ${sentence}`)
  if (files.length === 0) throw new Error(`There is no text to import in ${given}`)
  const imported: ImportedText[] = []
  const refused: string[] = []
  for (let from = 0; from < files.length; from += PARALLEL_IMPORTS) {
    const part = await Promise.all(
      files
        .slice(from, from + PARALLEL_IMPORTS)
        .map((file) => tryImport(api, { ...details, ...file }, publish)),
    )
    for (const one of part) {
      if ('refusal' in one) refused.push(one.refusal)
      else imported.push(one.sermon)
    }
    report(`imported ${imported.length} of ${files.length}`)
  }
  if (!wait) return { imported, skipped, refused }
  const indexed: ImportedText[] = []
  for (const { id } of imported) {
    indexed.push(await waitForIndex(api, id))
    report(`searchable ${indexed.length} of ${imported.length}`)
  }
  return { imported: indexed, skipped, refused }
}

async function tryImport(
  api: Api,
  text: TextFile,
  publish: boolean,
): Promise<{ sermon: ImportedText } | { refusal: string }> {
  try {
    return { sermon: await importText(api, text, publish) }
  } catch (error) {
    const isRefusal =
      error instanceof AppError || (error instanceof ApiError && error.status < 500 && error.status !== 401)
    if (!isRefusal) throw error
    return { refusal: `${text.file}: ${error.message}` }
  }
}

/** Files that macOS creates next to the real ones, and empty files, have no text. */
async function sortOut(given: TextFile[]): Promise<{ files: TextFile[]; skipped: string[] }> {
  const files: TextFile[] = []
  const skipped: string[] = []
  for (const text of given) {
    if (path.basename(text.file).startsWith('._'))
      skipped.push(`${text.file} was made by macOS and has no text.`)
    else if ((await sizeOfGivenFile(text.file)) === 0) skipped.push(`${text.file} is empty.`)
    else files.push(text)
  }
  return { files, skipped }
}

async function importText(
  api: Api,
  { file, date, topics, ...details }: TextFile,
  publish: boolean,
): Promise<ImportedText> {
  const text = decodeTextFile(await readGivenFile(file))
  const created = await api.request('POST', '/api/v1/sermons/text', {
    ...details,
    title: details.title || path.basename(file, path.extname(file)).replaceAll('_', ' '),
    topics: splitTopics(topics),
    preachedOn: date || undefined,
    text,
    publish,
  })
  return z.object({ sermon: sermonSchema }).parse(created).sermon
}

async function waitForIndex(api: Api, id: string): Promise<ImportedText> {
  for (;;) {
    const sermon = sermonSchema.parse(await api.request('GET', `/api/v1/sermons/${id}`))
    if (sermon.facets.index === 'ready' || sermon.facets.index === 'failed') return sermon
    await delay(POLL_MS)
  }
}

async function listTexts(given: string): Promise<TextFile[]> {
  if ((await stat(given)).isDirectory()) {
    const names = (await readdir(given)).filter((name) => name.toLowerCase().endsWith('.txt')).sort()
    return names.map((name) => ({ file: path.join(given, name) }))
  }
  if (!given.toLowerCase().endsWith('.csv')) return [{ file: given }]
  const rows = await readImportList(given, { column: 'file' })
  return rows.map(({ file = '', ...row }) => ({ ...filled(row), file }))
}

/** Returns the known columns that are not empty. */
function filled(row: Record<string, string>): TextDetails {
  const known = ['title', 'speaker', 'series', 'topics', 'date', 'scripture', 'description', 'language']
  return Object.fromEntries(
    Object.entries(row).filter(([name, value]) => known.includes(name) && value !== ''),
  )
}
