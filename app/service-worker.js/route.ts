import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** Made by the build, so that a browser sees another worker exactly when the pages have changed. */
export const dynamic = 'force-static'

/** Sends `worker.js` with the fingerprint of the pages' scripts and styles, whose names are made of their content. */
export async function GET(): Promise<Response> {
  const root = process.cwd()
  const [worker, starter, chunks] = await Promise.all([
    readFile(path.join(root, 'app/service-worker.js/worker.js'), 'utf8'),
    // Added to the pages after this build.
    readFile(path.join(root, 'scripts/build/starter.js'), 'utf8'),
    readdir(path.join(root, '.next/static/chunks')).catch(() => []),
  ])
  const files = [...chunks.toSorted(), starter].join('\n')
  const build = createHash('sha256').update(files).digest('hex').slice(0, 16)
  return new Response(`self.BUILD = '${build}'\n${worker}`, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  })
}
