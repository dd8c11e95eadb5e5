/**
 * `npm test`: everything. `npm test -- static unit` runs some of the rings only; what follows `browser`
 * goes to Playwright.
 */
import path from 'node:path'
import { Explained } from './bootstrap/explained.mjs'
import { runCommand } from './bootstrap/run-command.mjs'
import { type Counts, sumCounts, summarise } from './test/count-results.ts'
import { runBrowserTests } from './test/run-browser-tests.ts'
import { runStaticChecks } from './test/run-static-checks.ts'
import { runVitest } from './test/run-vitest.ts'

const root = path.resolve(import.meta.dirname, '..')
const rings: Record<string, (args: string[]) => Promise<Counts>> = {
  static: () => runStaticChecks(root),
  unit: () => runVitest(root, 'unit'),
  int: () => runVitest(root, 'int'),
  browser: (args) => runBrowserTests(root, args),
}

const asked = process.argv.slice(2)
const browserAt = asked.indexOf('browser')
const names = browserAt < 0 ? asked : asked.slice(0, browserAt + 1)
const browserArgs = browserAt < 0 ? [] : asked.slice(browserAt + 1)

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
