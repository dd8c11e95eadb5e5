import { describe, expect, it } from 'vitest'
import { reducePeaks } from './reduce-peaks.ts'

describe('reducePeaks', () => {
  it('draws silence as nothing and the loudest as full', () => {
    const peaks = [...Array(900).fill(0), ...Array(900).fill(200)]
    const reduced = reducePeaks(peaks, 10)
    expect(reduced).toHaveLength(10)
    expect(reduced[0]).toBe(0)
    expect(reduced[9]).toBe(255)
  })

  it('shows the pauses of a voice that is loud throughout', () => {
    const even = Array.from({ length: 1800 }, (_, index) => (index % 180 < 30 ? 150 : 220))
    const reduced = reducePeaks(even, 60)
    expect(Math.max(...reduced)).toBe(255)
    expect(Math.min(...reduced)).toBeLessThan(60)
  })

  it('stretches few peaks over many bars and returns nothing without peaks', () => {
    expect(reducePeaks([10, 20], 4)).toHaveLength(4)
    expect(reducePeaks([], 4)).toEqual([])
  })
})
