import { CEILING_DBTP, clampGain, type GainPlan, planGain, TARGET_LUFS } from './plan-gain.ts'

export type LevelledGain = GainPlan & {
  predictedLufs: number
  /** The gain in dB at each second before `gainDb`, for a voice that wanders. */
  levelling: number[] | null
}

type Measured = { integratedLufs: number; peakDbfs: number; limiterLossDb: readonly number[] }

const STEP_DB = 0.1
/** Where a dB of gain adds less loudness than this, the limiter removes what the gain adds. */
const LEAST_SLOPE = 0.2

/**
 * Finds the gain for `encodeLadder` from the measurement alone. If the peaks stay below the ceiling, it is the distance
 * from the target. Otherwise it is raised by what the limiter takes, as long as that makes the recording louder.
 */
export function levelLoudness(
  original: Measured & { levelled?: (Measured & { curve: number[] }) | null },
): LevelledGain {
  const measurement: Measured = original.levelled ?? original
  const levelling = original.levelled?.curve ?? null
  const plan = planGain(measurement)
  const loudnessAt = (gainDb: number) =>
    measurement.integratedLufs + gainDb - lossBelow(measurement.limiterLossDb, gainDb - CEILING_DBTP)
  if (plan.ceilingDb === null)
    return { ...plan, predictedLufs: measurement.integratedLufs + plan.gainDb, levelling }
  let { gainDb } = plan
  while (loudnessAt(gainDb) < TARGET_LUFS) {
    const next = clampGain(gainDb + STEP_DB)
    if (next <= gainDb || loudnessAt(next) - loudnessAt(gainDb) < STEP_DB * LEAST_SLOPE) break
    gainDb = next
  }
  return { gainDb, ceilingDb: plan.ceilingDb, predictedLufs: loudnessAt(gainDb), levelling }
}

/** The loss at a limit this many dB under full scale, between the entries of the table. */
function lossBelow(limiterLossDb: readonly number[], belowDb: number): number {
  const place = Math.min(limiterLossDb.length - 1, Math.max(0, belowDb))
  const lower = limiterLossDb[Math.floor(place)] ?? 0
  const upper = limiterLossDb[Math.ceil(place)] ?? lower
  return lower + (upper - lower) * (place - Math.floor(place))
}
