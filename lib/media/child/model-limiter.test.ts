import { describe, expect, it } from 'vitest'
import { modelLimiter } from './model-limiter.ts'

const windows = (peaks: number[]) => ({
  peak: Float32Array.from(peaks),
  meanSquare: Float32Array.from(peaks, (peak) => peak * peak * 0.1),
})

describe('modelLimiter', () => {
  it('takes nothing where no peak reaches the limit, and the whole distance from a steady level above it', () => {
    const table = modelLimiter(windows(Array.from({ length: 500 }, () => 0.5)))
    expect(table[6]).toBe(0)
    expect(table[12]).toBeCloseTo(12 + 20 * Math.log10(0.5), 1)
  })

  it('takes little for a single knock', () => {
    const peaks = Array.from({ length: 500 }, () => 0.1)
    peaks[250] = 1
    expect(modelLimiter(windows(peaks))[20]).toBeLessThan(1.2)
    expect(modelLimiter(windows(peaks))[1]).toBeLessThan(0.2)
  })

  it('has no loss in silence', () => {
    expect(modelLimiter(windows([0, 0, 0])).every((loss) => loss === 0)).toBe(true)
  })
})
