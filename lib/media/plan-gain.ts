/** The loudness of every prepared sermon: the same as of podcasts. */
export const TARGET_LUFS = -16
/** The limiter's ceiling. AAC overshoots by up to 1.2 dB, so the decoded audio stays below about -1 dBTP. */
export const CEILING_DBTP = -2

/** How much higher than its samples the sound may be between them. */
const BETWEEN_SAMPLES_DB = 1

// More gain would mostly raise hiss; less is never needed for speech at a reasonable level.
const MAX_GAIN_DB = 30
const MIN_GAIN_DB = -30

export type GainPlan = {
  gainDb: number
  /** The limit for peaks; null if plain gain is exact and no peak can reach the ceiling. */
  ceilingDb: number | null
}

/** The first gain. It is final when `ceilingDb` is null; with a limiter it may have to be raised. */
export function planGain(measurement: { integratedLufs: number; peakDbfs: number }): GainPlan {
  const gainDb = clampGain(TARGET_LUFS - measurement.integratedLufs)
  return {
    gainDb,
    ceilingDb: measurement.peakDbfs + BETWEEN_SAMPLES_DB + gainDb > CEILING_DBTP ? CEILING_DBTP : null,
  }
}

/** The gain within what is reasonable. */
export function clampGain(gainDb: number): number {
  return Math.min(MAX_GAIN_DB, Math.max(MIN_GAIN_DB, gainDb))
}
