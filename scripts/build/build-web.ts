import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Explained } from '../bootstrap/explained.mjs'
import { lockSetUp } from '../bootstrap/lock-set-up.mjs'
import { lastLines } from '../bootstrap/npm.mjs'
import { showProgress } from '../bootstrap/progress.mjs'
import { captureChild } from '../bootstrap/run-child.mjs'
import { compileInBackground } from './compile-in-background.ts'
import { fingerprintSources } from './fingerprint-sources.ts'
import { startAfterPaint } from './start-after-paint.ts'

/**
 * Builds the web app unless the sources are unchanged since the last build. The stamp is removed first and
 * written last, so that an interrupted build is never served.
 */
export async function buildWeb(root: string): Promise<void> {
  const stampFile = path.join(root, '.next', 'selah-build')
  const expected = await fingerprintSources(root)
  const isBuilt = async () => (await readFile(stampFile, 'utf8').catch(() => '')) === expected
  if (await isBuilt()) return

  await lockSetUp(path.join(root, '.cache', 'build.lock'), async () => {
    if (await isBuilt()) return
    await showProgress('Building the pages', async () => {
      await rm(stampFile, { force: true })
      const next = path.join(root, 'node_modules/next/dist/bin/next')
      const { code, output } = await captureChild(process.execPath, [next, 'build'], {
        cwd: root,
        env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
      })
      if (code !== 0) throw new Explained(`${lastLines(output, 60)}\nThe pages could not be built.`)
      await compileInBackground(root)
      await startAfterPaint(root)
      await writeFile(stampFile, expected)
    })
  })
}
