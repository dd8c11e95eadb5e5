import { createHash } from 'node:crypto'
import { glob, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const buildManifest = z.looseObject({
  rootMainFiles: z.array(z.string()).min(1),
  /** Would be used in place of the files above. */
  rootMainFilesTree: z.record(z.string(), z.never()).optional(),
})
/** `moduleLoading` and `entryJSFiles` are why the server names the scripts of a page in its HTML. */
const pageManifest = z.looseObject({
  moduleLoading: z.object({ prefix: z.string() }),
  entryJSFiles: z.record(z.string(), z.array(z.string())),
})
const PAGE_MANIFEST = /^(?<assignment>.* = )(?<manifest>\{.*\});?\s*$/s

/**
 * Lets the pages of a built web app, whose root is `root`, load their scripts after the first paint: each page names
 * only `starter.js`, which loads the others. Throws when the build does not have the expected form.
 */
export async function startAfterPaint(root: string): Promise<void> {
  const build = path.join(root, '.next')
  await nameStarter(build)
  let pages = 0
  for await (const name of glob('server/app/**/page_client-reference-manifest.js', { cwd: build })) {
    const file = path.join(build, name)
    const { assignment, manifest } = PAGE_MANIFEST.exec(await readFile(file, 'utf8'))?.groups ?? {}
    const page = pageManifest.parse(JSON.parse(manifest ?? 'null'))
    await writeFile(
      file,
      `${assignment}${JSON.stringify({ ...page, moduleLoading: null, entryJSFiles: {} })};\n`,
    )
    pages += 1
  }
  if (pages === 0) throw new Error('The build has no manifests of pages.')
}

async function nameStarter(build: string): Promise<void> {
  const file = path.join(build, 'build-manifest.json')
  const manifest = buildManifest.parse(JSON.parse(await readFile(file, 'utf8')))
  const source = await readFile(path.join(import.meta.dirname, 'starter.js'), 'utf8')
  const code = source.replace(/^ *\/\/.*\n/gm, '')
  const starter = `{const FILES=${JSON.stringify(manifest.rootMainFiles)}\n${code}}`
  const digest = createHash('sha256').update(starter).digest('hex').slice(0, 12)
  const name = `static/chunks/starter-${digest}.js`
  await writeFile(path.join(build, name), starter)
  await writeFile(file, JSON.stringify({ ...manifest, rootMainFiles: [name] }))
}
