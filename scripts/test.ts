/**
 * `npm test`: runs all tests. `npm test -- static unit` runs only some suites. Arguments after the last suite are
 * passed to its runner: `npm test -- int lib/runs` runs the integration tests below `lib/runs`.
 */
import path from 'node:path'
import { installPackages } from '../local/supervisor/install-packages.ts'
import { Explained } from './bootstrap/explained.mjs'
import { runCommand } from './bootstrap/run-command.mjs'
import { buildWeb } from './build/build-web.ts'
import { type Counts, sumCounts, summarise } from './test/count-results.ts'
import { runBrowserTests } from './test/run-browser-tests.ts'
import { runStaticChecks } from './test/run-static-checks.ts'
import { runVitest } from './test/run-vitest.ts'

const root = path.resolve(import.meta.dirname, '..')
const suites: Record<string, (args: string[]) => Promise<Counts>> = {
  static([extra]) {
    if (extra !== undefined)
      throw new Explained(`There are no "${extra}" tests. Static checks cannot be limited.`)
    return runStaticChecks(root)
  },
  unit: (args) => runVitest(root, 'unit', args),
  async int(args) {
    await provideRecogniser()
    // Several files need the build, and its time must not count as theirs.
    await buildWeb(root)
    return runVitest(root, 'int', args)
  },
  browser: (args) => runBrowserTests(root, args),
}

const requested = process.argv.slice(2)
const lastSuiteAt = requested.findLastIndex((name) => name in suites)
const names = lastSuiteAt < 0 ? requested : requested.slice(0, lastSuiteAt + 1)
const runnerArgs = requested.slice(names.length)

/** Installs a speech recogniser as a start does, so that its tests run if one is available. */
async function provideRecogniser(): Promise<void> {
  if (process.env.SELAH_NO_APT === '1') return
  const printed: string[] = []
  const write = (line: string) => void printed.push(line)
  const { done } = installPackages({ withRecogniser: true, print: (line) => console.log(line), write })
  if (!(await done)) console.log(printed.join('\n'))
}

await runCommand(async () => {
  const counts: Counts[] = []
  const chosen = names.length > 0 ? names : Object.keys(suites)
  for (const name of chosen) {
    const run = suites[name]
    if (!run)
      throw new Explained(`There are no "${name}" tests. There are: ${Object.keys(suites).join(', ')}.`)
    console.log(`\n── ${name}`)
    counts.push(await run(name === chosen.at(-1) ? runnerArgs : []))
  }
  const sum = sumCounts(counts)
  console.log(`\n${summarise(sum)}`)
  return sum.failed > 0 ? 1 : 0
})
