import { expect, test } from 'vitest'
import { countPlaywright, countVitest, requireTests, sumCounts, summarise } from './count-results.ts'

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

test('a browser test that passed only on its second attempt counts as failed', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] }
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 3, skipped: 0 })
})

test('a run that executed no test has failed', () => {
  expect(requireTests({ passed: 0, failed: 0, skipped: 0 }).failed).toBe(1)
  expect(requireTests({ passed: 0, failed: 0, skipped: 7 }).failed).toBe(1)
  expect(requireTests({ passed: 1, failed: 0, skipped: 0 })).toEqual({ passed: 1, failed: 0, skipped: 0 })
})

test('the last line counts everything, after a line for the skipped tests', () => {
  const counts = [
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 2, failed: 1, skipped: 2 },
  ]
  expect(summarise(sumCounts(counts))).toBe('2 skipped, for the reasons given above\n3 passed, 1 failed')
  expect(summarise({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
})
