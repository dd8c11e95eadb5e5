import path from 'node:path'
import { captureChild } from '../bootstrap/run-child.mjs'
import { type Counts, failedAsAWhole, sumCounts } from './count-results.ts'

interface Check {
  name: string
  hint: string
  /** Executed one after the other; the first failure ends the check. */
  commands: string[][]
}

const checks: Check[] = [
  {
    name: 'lint and format (biome)',
    hint: 'npx biome check --write fixes most of it',
    commands: [['@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.']],
  },
  {
    name: 'types (tsc)',
    hint: 'the types of pages come from next typegen',
    commands: [
      ['next/dist/bin/next', 'typegen'],
      ['typescript/bin/tsc', '--noEmit'],
    ],
  },
  {
    name: 'unused code (knip)',
    hint: 'remove unused code, or list it in knip.json with the reason',
    commands: [['knip/bin/knip.js']],
  },
]

/** Runs lint, types and unused code at the same time. Prints one line for each, and the output of a failure. */
export async function runStaticChecks(root: string): Promise<Counts> {
  const counts = await Promise.all(checks.map((check) => runCheck(root, check)))
  return sumCounts(counts)
}

async function runCheck(root: string, { name, hint, commands }: Check): Promise<Counts> {
  const startedMs = Date.now()
  const seconds = () => `${((Date.now() - startedMs) / 1000).toFixed(1)} s`
  for (const [script = '', ...args] of commands) {
    const { code, output } = await captureChild(
      process.execPath,
      [path.join(root, 'node_modules', script), ...args],
      { cwd: root, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } },
    )
    if (code !== 0) {
      console.log(`✗ ${name} (${seconds()}): ${hint}\n${output.trimEnd()}`)
      return failedAsAWhole(name)
    }
  }
  console.log(`✓ ${name} (${seconds()})`)
  return { passed: 1, failed: 0, skipped: 0, failures: [] }
}
