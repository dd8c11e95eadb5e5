import { describe, expect, it } from 'vitest'
import { correctGain, type GainTrial, planGain, TARGET_LUFS, TOLERANCE_LU } from './plan-gain.ts'

describe('planGain', () => {
  it('needs no limiter when the peaks stay under the ceiling', () => {
    expect(planGain({ integratedLufs: -20, truePeakDbtp: -10 })).toEqual({ gainDb: 4, ceilingDb: null })
  })

  it('limits at the ceiling when the gain would push peaks over it', () => {
    expect(planGain({ integratedLufs: -32, truePeakDbtp: -11 })).toEqual({ gainDb: 16, ceilingDb: -2 })
  })

  it('turns a loud recording down', () => {
    expect(planGain({ integratedLufs: -9, truePeakDbtp: 0.4 })).toEqual({ gainDb: -7, ceilingDb: null })
  })

  it('never raises a near-silent recording by more than 30 dB', () => {
    expect(planGain({ integratedLufs: -65, truePeakDbtp: -50 }).gainDb).toBe(30)
  })
})

describe('correctGain', () => {
  it('stops when the result is close enough', () => {
    expect(correctGain([{ gainDb: 10, lufs: -16.2 }])).toBeNull()
  })

  it('converges within three trials on a limiter that removes a third of the gain', () => {
    const limiter = (gainDb: number) => (gainDb < 12 ? -32 + gainDb : -20 + (gainDb - 12) * 0.66)
    const trials: GainTrial[] = []
    let gainDb: number | null = 16
    while (gainDb !== null && trials.length < 3) {
      trials.push({ gainDb, lufs: limiter(gainDb) })
      gainDb = correctGain(trials)
    }
    expect(Math.abs((trials.at(-1)?.lufs ?? 0) - TARGET_LUFS)).toBeLessThanOrEqual(TOLERANCE_LU)
  })

  it('gives up when more gain only flattens the sound', () => {
    expect(
      correctGain([
        { gainDb: 20, lufs: -18 },
        { gainDb: 22, lufs: -17.9 },
      ]),
    ).toBeNull()
  })

  it('has nothing to correct before the first trial', () => {
    expect(correctGain([])).toBeNull()
  })
})
