import { expect, test } from 'vitest'
import { levelLoudness } from './level-loudness.ts'

const none = Array.from({ length: 41 }, () => 0)

test('plain gain is used where no peak reaches the ceiling', () => {
  expect(levelLoudness({ integratedLufs: -20, peakDbfs: -10, limiterLossDb: none })).toEqual({
    gainDb: 4,
    ceilingDb: null,
    predictedLufs: -16,
    levelling: null,
  })
})

test('a voice that wanders gets its curve, and the gain for the sound after it', () => {
  const levelled = { curve: [0, 3], integratedLufs: -19, peakDbfs: -12, limiterLossDb: none }
  const found = levelLoudness({ integratedLufs: -22, peakDbfs: -10, limiterLossDb: none, levelled })
  expect(found).toEqual({ gainDb: 3, ceilingDb: null, predictedLufs: -16, levelling: [0, 3] })
})

test('the gain is raised by what the limiter takes', () => {
  // A limiter that takes a third of each dB below -12 dB.
  const limiterLossDb = none.map((_, below) => Math.max(0, below - 12) / 3)
  const found = levelLoudness({ integratedLufs: -32, peakDbfs: -11, limiterLossDb })
  expect(found.ceilingDb).toBe(-2)
  expect(found.gainDb).toBeCloseTo(19, 0)
  expect(Math.abs(found.predictedLufs + 16)).toBeLessThan(0.2)
})

test('more gain is not given where it only flattens the sound', () => {
  const limiterLossDb = none.map((_, below) => Math.max(0, below - 17) * 0.9)
  expect(levelLoudness({ integratedLufs: -34, peakDbfs: -11, limiterLossDb }).gainDb).toBeLessThan(19)
})
