import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { findFreePort } from '#harness/ports.ts'
import { startSelah } from '#harness/start-selah.ts'
import { runChild } from '../bootstrap/run-child.mjs'
import { buildWeb } from '../build/build-web.ts'
import { type Counts, countPlaywright, requireTests, sumCounts } from './count-results.ts'
import { readReport, withExitCode } from './run-vitest.ts'

/** Journeys that need the app started with other settings than the defaults. */
type Ring = { project: string; app: Record<string, string>; journeys: Record<string, string> }

/**
 * Builds the app, runs the browser journeys against it on free ports with fresh data, stops it. `args` are
 * Playwright's own and choose journeys; without them every journey runs.
 */
export async function runBrowserTests(root: string, args: string[] = []): Promise<Counts> {
  await buildWeb(root)
  // One after the other: each has an app, data and a browser of its own, which keep two cores busy.
  const journeys = await runRing(root, { project: 'journeys', app: {}, journeys: {} }, args)
  // Chosen only now: a port that is free before the other journeys may be taken after them.
  const operate = await runRing(root, operateRing(String(await findFreePort())), args)
  return requireTests(sumCounts([journeys, operate]))
}

/** The journey runs its own speech service, which fails and refuses and is fixed during the journey. */
function operateRing(speechPort: string): Ring {
  return {
    project: 'operate',
    app: {
      SELAH_SAMPLES: '0',
      DEEPGRAM_API_KEY: 'a key that has run out',
      DEEPGRAM_BASE_URL: `http://127.0.0.1:${speechPort}`,
    },
    journeys: { SELAH_TEST_SPEECH_PORT: speechPort },
  }
}

async function runRing(root: string, { project, app, journeys }: Ring, args: string[]): Promise<Counts> {
  const cache = path.join(root, '.cache')
  await mkdir(cache, { recursive: true })
  const dataDir = await mkdtemp(path.join(cache, 'data-'))
  const owner = {
    SELAH_OWNER_EMAIL: 'owner@example.org',
    SELAH_OWNER_PASSWORD: `Psalm-${randomBytes(9).toString('base64url')}`,
  }
  const report = path.join(cache, 'results', `browser-${project}.json`)
  await rm(report, { force: true })
  try {
    const selah = await startSelah({ dataDir, env: { ...owner, ...app } })
    try {
      const playwright = path.join(root, 'node_modules/@playwright/test/cli.js')
      // Chosen journeys may all belong to the other ring; in a full run each ring has some.
      const mayBeEmpty = args.length > 0 ? ['--pass-with-no-tests'] : []
      const output = path.join(cache, 'playwright', project)
      const chosen = ['--project', project, '--output', output, '--forbid-only', ...mayBeEmpty, ...args]
      const code = await runChild(process.execPath, [playwright, 'test', ...chosen], {
        cwd: root,
        env: {
          ...process.env,
          ...owner,
          ...journeys,
          BASE_URL: selah.url,
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        },
      })
      const counts = withExitCode(code, await readReport(report, countPlaywright))
      if (counts.failed > 0) console.log(`Output of the app:\n${selah.output()}`)
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
