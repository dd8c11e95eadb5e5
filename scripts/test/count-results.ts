import { z } from 'zod'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()).default([]),
})

/** Counts the results. A file that could not be loaded has no tests, so it counts as one failure. */
export function countVitest(report: unknown): Counts {
  const read = vitestReport.parse(report)
  const broken = read.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: read.numPassedTests,
    failed: read.numFailedTests + broken.length,
    skipped: read.numPendingTests + read.numTodoTests,
  }
}

/** Counts the results. A test that passed only on its second attempt counts as failed. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

export function sumCounts(counts: Counts[]): Counts {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** A run that executed no test counts as one failure, because it has tested nothing. */
export function requireTests(counts: Counts): Counts {
  return counts.passed + counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

/** Returns the last lines of a run. They always mention skipped tests. */
export function summarise({ passed, failed, skipped }: Counts): string {
  const skippedLine = skipped > 0 ? `${skipped} skipped, for the reasons given above\n` : ''
  return `${skippedLine}${passed} passed, ${failed} failed`
}
