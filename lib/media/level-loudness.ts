import { z } from 'zod'
import { childTimeoutMs, mediaLimits } from './media-limits.ts'
import { correctGain, type GainPlan, type GainTrial, planGain, TARGET_LUFS } from './plan-gain.ts'
import { runMediaChild } from './run-media-child.ts'

// Each step decodes the whole recording again (6-8 CPU seconds per hour).
const MAX_STEPS = 3

export type LevelledGain = GainPlan & { predictedLufs: number; steps: number }

/**
 * Finds the gain for `encodeLadder`. If the peaks stay below the ceiling, it is calculated from the measurement.
 * Otherwise gain and limiter are tried and corrected up to three times, and the closest trial is used.
 */
export async function levelLoudness(input: {
  filePath: string
  measurement: { integratedLufs: number; truePeakDbtp: number; decodedDurationMs: number }
  signal?: AbortSignal
  onProgress?: (share: number) => void
}): Promise<LevelledGain> {
  const plan = planGain(input.measurement)
  if (plan.ceilingDb === null) {
    input.onProgress?.(1)
    return { ...plan, predictedLufs: input.measurement.integratedLufs + plan.gainDb, steps: 0 }
  }
  const trials: GainTrial[] = []
  let gainDb: number | null = plan.gainDb
  while (gainDb !== null && trials.length < MAX_STEPS) {
    const done = trials.length
    const { integratedLufs } = await runMediaChild({
      filePath: input.filePath,
      request: {
        kind: 'measure-gain',
        maxDurationMs: mediaLimits.maxDurationMs,
        gainDb,
        ceilingDb: plan.ceilingDb,
      },
      result: z.object({ integratedLufs: z.number() }),
      timeoutMs: childTimeoutMs(input.measurement.decodedDurationMs),
      signal: input.signal,
      onProgress: (share) => input.onProgress?.((done + share) / MAX_STEPS),
    })
    trials.push({ gainDb, lufs: integratedLufs })
    gainDb = correctGain(trials)
  }
  input.onProgress?.(1)
  const best = trials.toSorted((a, b) => distance(a) - distance(b))[0] ?? {
    gainDb: plan.gainDb,
    lufs: TARGET_LUFS,
  }
  return { gainDb: best.gainDb, ceilingDb: plan.ceilingDb, predictedLufs: best.lufs, steps: trials.length }
}

function distance(trial: GainTrial): number {
  return Math.abs(trial.lufs - TARGET_LUFS)
}
