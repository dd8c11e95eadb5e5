import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** One text for each failure that is known by name: its file, its test and the first lines of its error. */
  failures: string[]
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

const playwrightError = z.object({ message: z.string().default('') })

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(playwrightError).default([]) })),
    }),
  ),
})

const playwrightSuite = z.object({
  specs: z.array(playwrightSpec).default([]),
  get suites() {
    return z.array(playwrightSuite).default([])
  },
})

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  suites: z.array(playwrightSuite).default([]),
  errors: z.array(playwrightError).default([]),
})

/** Counts the results. A file that could not be loaded, or whose preparation failed, counts as one failure. */
export function countVitest(report: unknown): Counts {
  const read = vitestReport.parse(report)
  const broken = read.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
  )
  const failed = read.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => describeFailure(name, fullName, failureMessages ?? [])),
  )
  return {
    passed: read.numPassedTests,
    failed: read.numFailedTests + broken.length,
    skipped: read.numPendingTests + read.numTodoTests,
    failures: [...failed, ...broken.map(({ name, message }) => describeFailure(name, '', [message]))],
  }
}

/** Counts the results. A test that passed only on its second attempt counts as failed. */
export function countPlaywright(report: unknown): Counts {
  const { stats, suites, errors } = playwrightReport.parse(report)
  const failed = suites.flatMap(listSpecs).flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        describeFailure(
          file,
          title,
          results.flatMap((result) => result.errors.map(({ message }) => message)),
        ),
      ),
  )
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...failed, ...errors.map(({ message }) => describeFailure('playwright', '', [message]))],
  }
}

function listSpecs({ specs, suites }: z.infer<typeof playwrightSuite>): z.infer<typeof playwrightSpec>[] {
  return [...specs, ...suites.flatMap(listSpecs)]
}

const errorLines = 12

/** Names a failed test and the first lines of each of its errors, without the colours of a terminal. */
function describeFailure(file: string, test: string, errors: string[]): string {
  const place = path.isAbsolute(file) ? path.relative(process.cwd(), file) : file
  const lines = errors.flatMap((error) =>
    stripVTControlCharacters(error).trim().split('\n').slice(0, errorLines),
  )
  return [
    `✗ ${[place, test].filter((part) => part !== '').join(' › ')}`,
    ...lines.map((line) => `    ${line}`),
  ].join('\n')
}

const noResults: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] }

/** The result of a check or a run that failed as a whole. `failure` says which. */
export function failedAsAWhole(failure: string): Counts {
  return { ...noResults, failed: 1, failures: [`✗ ${failure}`] }
}

export function sumCounts(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, { passed, failed, skipped, failures }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
      failures: [...sum.failures, ...failures],
    }),
    noResults,
  )
}

/** A run that executed no test counts as one failure, because it has tested nothing. */
export function requireTests(counts: Counts): Counts {
  return counts.passed + counts.failed > 0
    ? counts
    : { ...counts, ...failedAsAWhole('No test was executed'), skipped: counts.skipped }
}

/** Returns the last lines of a run: each failure again, because a long run has moved it far up, and the counts. */
export function summarise({ passed, failed, skipped, failures }: Counts): string {
  return [
    ...failures,
    ...(skipped > 0 ? [`${skipped} skipped, for the reasons given above`] : []),
    `${passed} passed, ${failed} failed`,
  ].join('\n')
}
