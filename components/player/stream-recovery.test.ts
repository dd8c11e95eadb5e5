import { describe, expect, it } from 'vitest'
import { countFailure, isWorthRetrying, noFailures, recoveryDelayMs } from './stream-recovery.ts'

describe('a stream that failed', () => {
  const since = (count: number, ageMs = 0) => ({
    failures: { ...noFailures, count: count - 1, sinceMs: 1000 },
    nowMs: 1000 + ageMs,
  })

  it('is requested again without end once it has played', () =>
    expect(isWorthRetrying('network', { hasPlayed: true, ...since(50, 600_000) })).toBe(true))
  it('is requested again once when it never played and cannot be reached', () => {
    expect(isWorthRetrying('network', { hasPlayed: false, ...since(1) })).toBe(true)
    expect(isWorthRetrying('network', { hasPlayed: false, ...since(2) })).toBe(false)
  })
  it('is requested for more than a minute from a server that is overloaded, but not without end', () => {
    expect(isWorthRetrying('busy', { hasPlayed: false, ...since(20, 90_000) })).toBe(true)
    expect(isWorthRetrying('busy', { hasPlayed: false, ...since(60, 200_000) })).toBe(false)
  })
  it('is attached again once when the audio cannot be decoded, and again only after half a minute', () => {
    const failures = countFailure(noFailures, 'media', 1000)
    const again = (nowMs: number) =>
      isWorthRetrying('media', { hasPlayed: true, failures: { ...failures, count: 0 }, nowMs })
    expect(isWorthRetrying('media', { hasPlayed: false, failures: noFailures, nowMs: 1000 })).toBe(true)
    expect(again(2000)).toBe(false)
    expect(again(40_000)).toBe(true)
  })
  it('is not requested again when it is not served any more', () => {
    expect(isWorthRetrying('gone', { hasPlayed: true, ...since(1) })).toBe(false)
  })
  it('is requested at growing distances of at most five seconds', () =>
    expect([1, 2, 3, 4, 5, 9].map((count) => recoveryDelayMs({ ...noFailures, count }))).toEqual([
      500, 1000, 2000, 4000, 5000, 5000,
    ]))
})
