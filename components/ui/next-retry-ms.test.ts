import { expect, it } from 'vitest'
import { nextRetryMs } from './next-retry-ms.ts'

it('doubles the wait with every recent failure, and starts again from the shortest wait when they are old', () => {
  let failures: readonly number[] = []
  const fail = (atMs: number) => {
    const { waitMs, remembered } = nextRetryMs(failures, atMs)
    failures = remembered
    return waitMs
  }
  expect([0, 2000, 6000, 14_000, 30_000, 62_000].map(fail)).toEqual([
    2000, 4000, 8000, 16_000, 32_000, 60_000,
  ])
  expect(fail(122_000)).toBe(60_000)
  expect(fail(122_000 + 5 * 60_000)).toBe(2000)
  expect(failures).toHaveLength(1)
})
