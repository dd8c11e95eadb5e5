import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { startSelah } from '#test/start-selah.ts'
import { runChild } from '../bootstrap/run-child.mjs'
import { buildWeb } from '../build/build-web.ts'
import { type Counts, countPlaywright } from './count-results.ts'
import { readReport, withExitCode } from './run-vitest.ts'

/** Builds and starts the app with fresh data on a free port, runs the browser journeys against it, stops it. */
export async function runBrowserTests(root: string, args: string[] = []): Promise<Counts> {
  await buildWeb(root)
  const cache = path.join(root, '.cache')
  await mkdir(cache, { recursive: true })
  const dataDir = await mkdtemp(path.join(cache, 'data-'))
  const owner = {
    SELAH_OWNER_EMAIL: 'owner@example.org',
    SELAH_OWNER_PASSWORD: `Psalm-${randomBytes(9).toString('base64url')}`,
  }
  const report = path.join(cache, 'results/browser.json')
  await rm(report, { force: true })
  try {
    const selah = await startSelah({ dataDir, env: owner })
    try {
      const playwright = path.join(root, 'node_modules/@playwright/test/cli.js')
      const code = await runChild(process.execPath, [playwright, 'test', ...args], {
        cwd: root,
        env: { ...process.env, ...owner, BASE_URL: selah.url },
      })
      const counts = withExitCode(code, await readReport(report, countPlaywright))
      if (counts.failed > 0) console.log(`What the app said meanwhile:\n${selah.output()}`)
      return counts
    } finally {
      await selah.stop()
    }
  } catch (error) {
    console.error(error)
    return { passed: 0, failed: 1, skipped: 0 }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
