import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')

/** Files that are not searched: the list itself, the guide that quotes it, and data such as sermons and questions. */
const excluded = [
  /^docs\/(glossary|writing)\.md$/,
  /^test\/glossary\.test\.ts$/,
  /^samples\//,
  // Migrations that were applied cannot change.
  /^(local\/\w+|supabase)\/migrations\//,
  /^(lib\/search|scripts\/eval)\/data\//,
  // Lists of words by which questions and sermons are understood.
  /^lib\/(ask\/distress[a-z.-]*|search\/words-of-text)\.(?:ts|json)$/,
  /^package-lock\.json$/,
]

/** Returns the phrases in the last column of each table. */
function readRefusedPhrases(glossary: string): string[] {
  return glossary
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| word') && !line.startsWith('| ---'))
    .flatMap((line) => (line.split('|')[3] ?? '').split(','))
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '')
}

/** Replaces the line breaks of comments and paragraphs by spaces, so that phrases across lines are found. */
function unwrap(text: string): string {
  return text.replace(/\s*\n\s*(?:\*(?!\/)|\/\/|#|--)?\s*/g, ' ')
}

/** Returns a pattern for whole words in any case. An adjacent hyphen, underscore or letter makes another word. */
function patternOf(phrases: readonly string[]): RegExp {
  const escaped = phrases.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?<![\\w-])(?:${escaped.join('|')})(?![\\w-])`, 'gi')
}

function listFiles(): string[] {
  const tops = readdirSync(root, { withFileTypes: true }).filter(
    ({ name }) => !/^(node_modules|\.(?!env\.example$|ci$))/.test(name),
  )
  const below = (folder: string) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
  return tops
    .flatMap((top) => (top.isDirectory() ? below(top.name) : [top.name]))
    .filter((file) => /\.(tsx?|mjs|md|json|sql|ya?ml|css)$|^\.env\.example$/.test(file))
    .filter((file) => !excluded.some((pattern) => pattern.test(file)))
}

describe('the words of docs/glossary.md', () => {
  const phrases = readRefusedPhrases(readFileSync(path.join(root, 'docs/glossary.md'), 'utf8'))

  test('no file uses a phrase of the column “not”', () => {
    expect(phrases.length).toBeGreaterThan(50)
    const files = listFiles()
    expect(files.length).toBeGreaterThan(800)
    const refused = patternOf(phrases)
    const found = files.flatMap((file) =>
      [...unwrap(readFileSync(path.join(root, file), 'utf8')).matchAll(refused)].map(
        ([phrase]) => `${file}: ${phrase}`,
      ),
    )
    expect(found).toEqual([])
  })

  test('a phrase is found across the lines of a comment, in any case, as whole words only', () => {
    const find = (text: string) =>
      [...unwrap(text).matchAll(patternOf(['handed over', 'receipt']))].map(String)
    expect(find('/**\n * It is Handed\n   * over.\n */')).toEqual(['Handed over'])
    expect(find('// handed\n// over')).toEqual(['handed over'])
    expect(find('receiptSteps, receipt-steps, receipt_at, receipts')).toEqual([])
    expect(find("title: 'Receipt'")).toEqual(['Receipt'])
  })
})
