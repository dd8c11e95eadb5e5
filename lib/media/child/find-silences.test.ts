import { describe, expect, it } from 'vitest'
import { findSilences } from './find-silences.ts'

/** Windows of 10 ms at the given levels in dB: [level, count] pairs. */
function levels(...parts: [number, number][]): Float32Array {
  return Float32Array.from(
    parts.flatMap(([db, count]) => Array.from({ length: count }, () => 10 ** (db / 10))),
  )
}

describe('findSilences', () => {
  it('finds a pause, from its first to its last quiet window', () => {
    expect(findSilences(levels([-20, 200], [-70, 60], [-20, 200]), 10)).toEqual([
      { startMs: 2000, endMs: 2600 },
    ])
  })

  it('adapts to a hall with a loud background', () => {
    expect(findSilences(levels([-15, 300], [-38, 80], [-15, 300]), 10)).toEqual([
      { startMs: 3000, endMs: 3800 },
    ])
  })

  it('does not end a pause at a click', () => {
    expect(findSilences(levels([-20, 200], [-70, 30], [-20, 2], [-70, 30], [-20, 200]), 10)).toEqual([
      { startMs: 2000, endMs: 2620 },
    ])
  })

  it('ignores the short gaps between words', () => {
    expect(findSilences(levels([-20, 100], [-60, 15], [-20, 100], [-60, 40], [-20, 100]), 10)).toHaveLength(1)
  })

  it('finds no pause in music without rests, and one pause in a file of silence', () => {
    expect(findSilences(levels([-20, 300], [-26, 300]), 10)).toEqual([])
    expect(findSilences(new Float32Array(100), 10)).toEqual([{ startMs: 0, endMs: 1000 }])
    expect(findSilences(new Float32Array(0), 10)).toEqual([])
  })
})
