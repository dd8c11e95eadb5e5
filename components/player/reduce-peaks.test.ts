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

  it('stretches few peaks over many bars and knows nothing of no peaks', () => {
    expect(reducePeaks([10, 20], 4)).toHaveLength(4)
    expect(reducePeaks([], 4)).toEqual([])
  })
})
