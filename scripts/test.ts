/**
 * `npm test`: everything. `npm test -- static unit` runs some of the rings only; what follows `browser`
 * goes to Playwright.
 */
import path from 'node:path'
import { installRecogniser } from '../local/supervisor/install-recogniser.ts'
import { Explained } from './bootstrap/explained.mjs'
import { runCommand } from './bootstrap/run-command.mjs'
import { buildWeb } from './build/build-web.ts'
import { type Counts, sumCounts, summarise } from './test/count-results.ts'
import { runBrowserTests } from './test/run-browser-tests.ts'
import { runStaticChecks } from './test/run-static-checks.ts'
import { runVitest } from './test/run-vitest.ts'

const root = path.resolve(import.meta.dirname, '..')
const rings: Record<string, (args: string[]) => Promise<Counts>> = {
  static: () => runStaticChecks(root),
  unit: () => runVitest(root, 'unit'),
  async int() {
    await provideRecogniser()
    // Several files need it, and none should count it as its own time.
    await buildWeb(root)
    return runVitest(root, 'int')
  },
  browser: (args) => runBrowserTests(root, args),
}

const asked = process.argv.slice(2)
const browserAt = asked.indexOf('browser')
const names = browserAt < 0 ? asked : asked.slice(0, browserAt + 1)
const browserArgs = browserAt < 0 ? [] : asked.slice(browserAt + 1)

/** The same set-up as a start: what recognises speech is tested where it can be had. */
async function provideRecogniser(): Promise<void> {
  if (process.env.SELAH_NO_APT === '1') return
  const printed: string[] = []
  const write = (line: string) => void printed.push(line)
  const { done } = installRecogniser({ say: (line) => console.log(line), write })
  if (!(await done)) console.log(printed.join('\n'))
}

await runCommand(async () => {
  const counts: Counts[] = []
  for (const name of names.length > 0 ? names : Object.keys(rings)) {
    const run = rings[name]
    if (!run)
      throw new Explained(`There are no "${name}" tests. There are: ${Object.keys(rings).join(', ')}.`)
    console.log(`\n── ${name}`)
    counts.push(await run(browserArgs))
  }
  const sum = sumCounts(counts)
  console.log(`\n${summarise(sum)}`)
  return sum.failed > 0 ? 1 : 0
})
