import { z } from 'zod'
import { type KnownProbe, knownSource } from './known-source.ts'
import { childTimeoutMs, mediaLimits } from './media-limits.ts'
import type { RecordingCut } from './recording-cut.ts'
import { runMediaChild } from './run-media-child.ts'

/** The number of values in a stored waveform. */
export const PEAK_COUNT = 1800

/**
 * How a voice that wanders from its microphone is levelled: the gain in dB at each second (`curve`), and loudness, peak
 * and limiter table of the sound after that.
 */
export const levelledSchema = z.object({
  curve: z.array(z.number()),
  integratedLufs: z.number(),
  peakDbfs: z.number(),
  limiterLossDb: z.array(z.number()),
})

const measurementSchema = z.object({
  /** EBU R128 integrated loudness; a mono source is measured as it sounds from two loudspeakers. */
  integratedLufs: z.number(),
  loudnessRangeLu: z.number(),
  /** The highest sample of any channel. */
  peakDbfs: z.number(),
  /** What a limiter at 0, -1, -2 … dB under full scale would take from the loudness, in dB. */
  limiterLossDb: z.array(z.number()),
  /** 1,800 values of 0..255 over the whole length, for drawing. */
  peaks: z.array(z.number().int().min(0).max(255)).length(PEAK_COUNT),
  /** Pauses of at least 250 ms, in order. */
  silences: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
  decodedDurationMs: z.number().positive(),
  levelled: levelledSchema.nullable(),
})

export type LoudnessMeasurement = z.infer<typeof measurementSchema>

/**
 * Measures loudness, peak, waveform and pauses in one decode. `probe` says which track is used, if it is known.
 * Throws AppError `unprocessable` with reason media.silent, or any reason of `probeMedia`.
 */
export async function measureLoudness(input: {
  filePath: string
  probe?: KnownProbe
  /** Only this part is measured, and all times are those of the part. */
  cut?: RecordingCut | null
  signal?: AbortSignal
  onProgress?: (share: number) => void
}): Promise<LoudnessMeasurement> {
  return runMediaChild({
    filePath: input.filePath,
    request: {
      kind: 'measure',
      maxDurationMs: mediaLimits.maxDurationMs,
      source: input.probe ? knownSource(input.probe) : null,
      cut: input.cut ?? null,
      peakCount: PEAK_COUNT,
    },
    result: measurementSchema,
    timeoutMs: childTimeoutMs(mediaLimits.maxDurationMs),
    signal: input.signal,
    onProgress: input.onProgress,
  })
}
