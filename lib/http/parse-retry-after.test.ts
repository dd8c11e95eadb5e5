import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './parse-retry-after.ts'

describe('parseRetryAfter', () => {
  const now = Date.parse('2026-11-24T04:00:00Z')

  it.each([
    ['30', 30_000],
    ['0.5', 500],
    ['Tue, 24 Nov 2026 04:01:00 GMT', 60_000],
    ['Tue, 24 Nov 2026 03:00:00 GMT', 0],
    ['999999999', 3_600_000],
    ['-5', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %s as %s ms', (header, expected) => {
    expect(parseRetryAfter(header, now)).toBe(expected)
  })
})
