import { describe, expect, it } from 'vitest'
import { findPauses, pauseAt } from './find-pauses.ts'

const words = [
  { startMs: 0, endMs: 500 },
  { startMs: 1500, endMs: 2000 },
  { startMs: 6000, endMs: 6500 },
  { startMs: 30_000, endMs: 30_500 },
]

describe('pauses between words', () => {
  const pauses = findPauses(words)
  it('are found when they are long, but not when they may be music', () =>
    expect(pauses).toEqual([{ fromMs: 2350, toMs: 5650 }]))
  it.each([
    [2349, false],
    [2350, true],
    [3900, true],
    [4100, false],
    [5700, false],
  ])('at %d ms is one to skip: %s', (ms, isSkipped) => expect(pauseAt(pauses, ms) !== null).toBe(isSkipped))
  it('are none without words', () => expect(findPauses([])).toEqual([]))
})
