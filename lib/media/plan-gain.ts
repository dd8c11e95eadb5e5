/** The loudness of every prepared sermon: the same as of podcasts. */
export const TARGET_LUFS = -16
/** The limiter's ceiling. AAC overshoots by up to 1.2 dB, so the decoded audio stays below about -1 dBTP. */
export const CEILING_DBTP = -2
/** The accepted error: a third of a loudness unit is inaudible. */
export const TOLERANCE_LU = 0.3

// More gain would mostly raise hiss; less is never needed for speech at a reasonable level.
const MAX_GAIN_DB = 30
const MIN_GAIN_DB = -30

export type GainPlan = {
  gainDb: number
  /** The limit for peaks; null if plain gain is exact and no peak can reach the ceiling. */
  ceilingDb: number | null
}

/** The first gain. It is final when `ceilingDb` is null; with a limiter it may have to be corrected. */
export function planGain(measurement: { integratedLufs: number; truePeakDbtp: number }): GainPlan {
  const gainDb = clampGain(TARGET_LUFS - measurement.integratedLufs)
  return { gainDb, ceilingDb: measurement.truePeakDbtp + gainDb > CEILING_DBTP ? CEILING_DBTP : null }
}

/** A gain that was tried with the limiter, and the loudness it gave. */
export type GainTrial = { gainDb: number; lufs: number }

/**
 * The next gain to try after limiting made the result too quiet: first by the whole error, then by the secant
 * through the last two trials. Null when the last trial is close enough, or when more gain no longer helps.
 */
export function correctGain(trials: readonly GainTrial[]): number | null {
  const last = trials.at(-1)
  if (!last || Math.abs(TARGET_LUFS - last.lufs) <= TOLERANCE_LU) return null
  const before = trials.at(-2)
  const error = TARGET_LUFS - last.lufs
  let next = last.gainDb + error
  if (before && before.gainDb !== last.gainDb) {
    const slope = (last.lufs - before.lufs) / (last.gainDb - before.gainDb)
    // Below this slope the limiter removes what the gain adds: more gain would only flatten the sound.
    if (slope < 0.2) return null
    next = last.gainDb + error / Math.min(slope, 1.2)
  }
  const clamped = clampGain(next)
  return Math.abs(clamped - last.gainDb) < 0.05 ? null : clamped
}

function clampGain(gainDb: number): number {
  return Math.min(MAX_GAIN_DB, Math.max(MIN_GAIN_DB, gainDb))
}
