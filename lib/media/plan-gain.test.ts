import { describe, expect, it } from 'vitest'
import { planGain } from './plan-gain.ts'

describe('planGain', () => {
  it('needs no limiter when the peaks stay under the ceiling', () => {
    expect(planGain({ integratedLufs: -20, peakDbfs: -10 })).toEqual({ gainDb: 4, ceilingDb: null })
  })

  it('limits at the ceiling when the gain would push peaks over it', () => {
    expect(planGain({ integratedLufs: -32, peakDbfs: -11 })).toEqual({ gainDb: 16, ceilingDb: -2 })
  })

  it('turns a loud recording down', () => {
    expect(planGain({ integratedLufs: -9, peakDbfs: 0 })).toEqual({ gainDb: -7, ceilingDb: null })
  })

  it('never raises a near-silent recording by more than 30 dB', () => {
    expect(planGain({ integratedLufs: -65, peakDbfs: -50 }).gainDb).toBe(30)
  })
})
