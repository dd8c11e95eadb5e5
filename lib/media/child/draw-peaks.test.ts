import { describe, expect, it } from 'vitest'
import { drawPeaks } from './draw-peaks.ts'

describe('drawPeaks', () => {
  it('always returns the requested number of values from 0 to 255', () => {
    for (const length of [0, 1, 7, 1800, 9001]) {
      const peaks = drawPeaks(
        Float32Array.from({ length }, (_, index) => (index % 10) / 10),
        1800,
      )
      expect(peaks).toHaveLength(1800)
      for (const peak of peaks) expect(Number.isInteger(peak) && peak >= 0 && peak <= 255).toBe(true)
    }
  })

  it('is not flattened by a knock on the microphone', () => {
    const windows = new Float32Array(1000).fill(0.1)
    windows[500] = 1
    const peaks = drawPeaks(windows, 100)
    expect(peaks[10]).toBe(255)
    expect(peaks[50]).toBe(255)
  })

  it('draws silence flat', () => {
    expect(Math.max(...drawPeaks(new Float32Array(50), 10))).toBe(0)
  })
})
