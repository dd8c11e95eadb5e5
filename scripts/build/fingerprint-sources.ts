import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const folders = ['app', 'components', 'lib', 'public']
const files = [
  'next.config.mjs',
  'postcss.config.mjs',
  'package-lock.json',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'scripts/build/compile-in-background.ts',
  'scripts/build/start-after-paint.ts',
  'scripts/build/starter.js',
]

/**
 * Returns a hash of the name and content of every file that the build of the web app reads. It uses the content, not
 * the time, so that fresh clones, removed files and restored files are recognised.
 */
export async function fingerprintSources(root: string): Promise<string> {
  const found = await Promise.all(folders.map((folder) => listFiles(root, folder)))
  const names = [...files, ...found.flat()].filter((name) => !/\.test\.tsx?$/.test(name)).toSorted()
  const hash = createHash('sha256')
  for (const name of names) {
    const content = await readFile(path.join(root, name)).catch(() => undefined)
    if (content) hash.update(`${name}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

async function listFiles(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
}
