import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { findFreePort } from '#harness/ports.ts'
import { startSelah } from '#harness/start-selah.ts'
import { runChild } from '../bootstrap/run-child.mjs'
import { buildWeb } from '../build/build-web.ts'
import { type Counts, countPlaywright, failedAsAWhole, requireTests, sumCounts } from './count-results.ts'
import { readReport, withExitCode } from './run-vitest.ts'

/** Journeys that share one configuration of the app. */
type BrowserSuite = { project: string; app: Record<string, string>; journeys: Record<string, string> }

/**
 * Builds the app, runs the browser journeys against it on free ports with new data, and stops it. `args` are
 * Playwright arguments and select journeys; without them every journey runs.
 */
export async function runBrowserTests(root: string, args: string[] = []): Promise<Counts> {
  await buildWeb(root)
  // One after the other: each has its own app, data and browser, which keep two cores busy.
  const journeys = await runSuite(root, journeysSuite(String(await findFreePort())), args)
  // The port is chosen here: one that is free before the other journeys may be taken after them.
  const operate = await runSuite(root, operateSuite(String(await findFreePort())), args)
  return requireTests(sumCounts([journeys, operate]))
}

/** A journey runs the mail server to which the app sends; without it, emails wait. */
function journeysSuite(mailPort: string): BrowserSuite {
  return {
    project: 'journeys',
    app: { SMTP_URL: `smtp://127.0.0.1:${mailPort}`, SELAH_MAIL_FROM: 'selah@example.org' },
    journeys: { SELAH_TEST_MAIL_PORT: mailPort },
  }
}

/** The journey runs its own speech service, which first refuses requests and is then fixed. */
function operateSuite(speechPort: string): BrowserSuite {
  return {
    project: 'operate',
    app: {
      SELAH_SAMPLES: '0',
      DEEPGRAM_API_KEY: 'an expired key',
      DEEPGRAM_BASE_URL: `http://127.0.0.1:${speechPort}`,
    },
    journeys: { SELAH_TEST_SPEECH_PORT: speechPort },
  }
}

async function runSuite(
  root: string,
  { project, app, journeys }: BrowserSuite,
  args: string[],
): Promise<Counts> {
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
      // All selected journeys may belong to the other suite; in a full run each suite has some.
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
      const counts = withExitCode(`playwright (${project})`, code, await readReport(report, countPlaywright))
      if (counts.failed > 0) console.log(`Output of the app:\n${selah.output()}`)
      return counts
    } finally {
      await selah.stop()
    }
  } catch (error) {
    console.error(error)
    return failedAsAWhole(`browser tests (${project}): ${String(error)}`)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
