import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { runChild } from '../bootstrap/run-child.mjs'
import { type Counts, countVitest, failedAsAWhole, requireTests, sumCounts } from './count-results.ts'

/** Runs one project of vitest.config.ts and counts its results. Arguments such as paths choose files. */
export async function runVitest(
  root: string,
  project: 'unit' | 'int',
  chosen: string[] = [],
): Promise<Counts> {
  const report = path.join(root, '.cache/results', `${project}.json`)
  await rm(report, { force: true })
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
  const args = [
    'run',
    '--project',
    project,
    '--allowOnly=false',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...chosen,
  ]
  const code = await runChild(process.execPath, [vitest, ...args], { cwd: root })
  return requireTests(withExitCode(`vitest (${project})`, code, await readReport(report, countVitest)))
}

/** Counts a missing report, or a failed exit with a report without failures, as one failure. */
export function withExitCode(runner: string, code: number, counts: Counts | undefined): Counts {
  if (!counts) return failedAsAWhole(`${runner}: ended with code ${code} and without a report`)
  return code !== 0 && counts.failed === 0
    ? sumCounts([counts, failedAsAWhole(`${runner}: ended with code ${code} although no test failed`)])
    : counts
}

export async function readReport(
  file: string,
  count: (report: unknown) => Counts,
): Promise<Counts | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : count(JSON.parse(text))
}
