import { z } from 'zod'
import { childTimeoutMs, mediaLimits } from './media-limits.ts'
import { runMediaChild } from './run-media-child.ts'

/** The number of values in a stored waveform. */
export const PEAK_COUNT = 1800

const measurementSchema = z.object({
  /** EBU R128 integrated loudness; a mono source is measured as it sounds from two loudspeakers. */
  integratedLufs: z.number(),
  loudnessRangeLu: z.number(),
  truePeakDbtp: z.number(),
  /** 1,800 values of 0..255 over the whole length, for drawing. */
  peaks: z.array(z.number().int().min(0).max(255)).length(PEAK_COUNT),
  /** Pauses of at least 250 ms, in order. */
  silences: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
  decodedDurationMs: z.number().positive(),
})

export type LoudnessMeasurement = z.infer<typeof measurementSchema>

/**
 * Measures loudness, true peak, waveform and pauses in one decode (about 21 CPU seconds per hour of audio).
 * Throws AppError `unprocessable` with reason media.silent, or any reason of `probeMedia`.
 */
export async function measureLoudness(input: {
  filePath: string
  signal?: AbortSignal
  onProgress?: (share: number) => void
}): Promise<LoudnessMeasurement> {
  return runMediaChild({
    filePath: input.filePath,
    request: { kind: 'measure', maxDurationMs: mediaLimits.maxDurationMs, peakCount: PEAK_COUNT },
    result: measurementSchema,
    timeoutMs: childTimeoutMs(mediaLimits.maxDurationMs),
    signal: input.signal,
    onProgress: input.onProgress,
  })
}
