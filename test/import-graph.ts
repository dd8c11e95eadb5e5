import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface SourceFile {
  /** From the root of the repository, such as `lib/runs/retry-run.ts`. */
  file: string
  text: string
  /** The imported files of the repository, as paths from the root. */
  imports: string[]
  /** The imported packages and modules of Node. */
  packages: string[]
  isTest: boolean
}

const root = path.resolve(import.meta.dirname, '..')

/** Reads every code file below the given top-level folders and its imports (also types and `import()`). */
export function readSources(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
      .map((entry) => readSource(path.relative(root, path.join(entry.parentPath, entry.name)))),
  )
}

function readSource(file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8')
  const imports: string[] = []
  const packages: string[] = []
  for (const [, specifier = ''] of text.matchAll(/\b(?:from|import|import\()\s*'([^'\n]+)'/g)) {
    if (specifier.startsWith('.')) imports.push(path.join(path.dirname(file), specifier))
    else if (specifier.startsWith('#')) imports.push(specifier.slice(1))
    else packages.push(specifier)
  }
  return { file, text, imports, packages, isTest: /\.(test|spec)\.tsx?$/.test(file) }
}

/** Returns the top-level folder of a path, or an empty text for a file at the root. */
export function topOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : ''
}
