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

/** Returns the names of the top-level folders that contain code. Hidden folders and installed packages do not count. */
export function codeFolders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name))
    .map(({ name }) => name)
    .filter((name) => readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' }).some(isCode))
}

const isCode = (name: string) => /\.(tsx?|mjs)$/.test(name)

/** Reads every code file below the given top-level folders and its imports (also types and `import()`). */
export function readSources(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isCode(entry.name))
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
