import { expect, test } from 'vitest'
import { countPlaywright, countVitest, sumCounts, summarise } from './count-results.ts'

test('a test file that could not be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 4, failed: 2, skipped: 3 })
})

test('a browser test that passed on the second try only counts as failed', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] }
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 3, skipped: 0 })
})

test('the last line counts everything, after a line for what was left out', () => {
  const counts = [
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 2 },
  ]
  expect(summarise(sumCounts(counts))).toBe('2 skipped, for the reasons given above\n3 passed, 1 failed')
  expect(summarise({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
})
