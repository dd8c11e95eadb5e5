import { expect, test } from 'vitest'
import { countPlaywright, countVitest, requireTests, sumCounts, summarise } from './count-results.ts'

test('a test file that could not be loaded or prepared counts as a failure', () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { name: '/a/broken.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      {
        name: '/a/unprepared.test.ts',
        status: 'failed',
        message: 'Hook timed out',
        assertionResults: [{ fullName: 'adds', status: 'skipped' }],
      },
      {
        name: '/a/wrong.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'adds', status: 'passed', failureMessages: [] },
          {
            fullName: 'subtracts',
            status: 'failed',
            failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m'],
          },
        ],
      },
    ],
  }
  const counts = countVitest(report)
  expect(counts).toMatchObject({ passed: 4, failed: 3, skipped: 3 })
  expect(counts.failures).toEqual([
    expect.stringMatching(/^✗ .*wrong\.test\.ts › subtracts\n {4}expected 1 to be 2$/),
    expect.stringMatching(/^✗ .*broken\.test\.ts\n {4}Cannot find module$/),
    expect.stringMatching(/^✗ .*unprepared\.test\.ts\n {4}Hook timed out$/),
  ])
})

test('a browser test that passed only on its second attempt counts as failed', () => {
  const tests = (status: string, message: string) => [{ status, results: [{ errors: [{ message }] }] }]
  const report = {
    stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      {
        specs: [{ title: 'plays', file: 'listen.spec.ts', tests: tests('unexpected', 'no sound') }],
        suites: [{ specs: [{ title: 'stops', file: 'listen.spec.ts', tests: tests('flaky', 'sound') }] }],
      },
    ],
    errors: [{ message: 'set-up failed' }],
  }
  const counts = countPlaywright(report)
  expect(counts).toMatchObject({ passed: 3, failed: 3, skipped: 0 })
  expect(counts.failures).toEqual([
    '✗ listen.spec.ts › plays\n    no sound',
    '✗ listen.spec.ts › stops\n    sound',
    '✗ playwright\n    set-up failed',
  ])
})

test('a run that executed no test has failed', () => {
  expect(requireTests({ passed: 0, failed: 0, skipped: 0, failures: [] }).failed).toBe(1)
  expect(requireTests({ passed: 0, failed: 0, skipped: 7, failures: [] })).toMatchObject({
    failed: 1,
    skipped: 7,
  })
  const passed = { passed: 1, failed: 0, skipped: 0, failures: [] }
  expect(requireTests(passed)).toEqual(passed)
})

test('the last lines name what failed, mention skipped tests, and count everything', () => {
  const counts = [
    { passed: 1, failed: 0, skipped: 0, failures: [] },
    { passed: 2, failed: 1, skipped: 2, failures: ['✗ a.test.ts › adds'] },
  ]
  expect(summarise(sumCounts(counts))).toBe(
    '✗ a.test.ts › adds\n2 skipped, for the reasons given above\n3 passed, 1 failed',
  )
  expect(summarise({ passed: 3, failed: 0, skipped: 0, failures: [] })).toBe('3 passed, 0 failed')
})
