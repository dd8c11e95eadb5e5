import { z } from 'zod'
import { childTimeoutMs, mediaLimits } from './media-limits.ts'
import type { RecordingCut } from './recording-cut.ts'
import { runMediaChild } from './run-media-child.ts'

/**
 * Decodes a recording into a new 16-bit mono WAV file (`outputFile` must not exist), by default at the 16 kHz
 * that speech recognisers expect: 115 MB per hour. Throws AppError with a `media.*` reason.
 */
export async function decodeToPcm(input: {
  filePath: string
  outputFile: string
  sampleRateHz?: number
  /** Only this part is decoded. */
  cut?: RecordingCut | null
  signal?: AbortSignal
  onProgress?: (share: number) => void
}): Promise<{ decodedDurationMs: number; sizeBytes: number }> {
  return runMediaChild({
    filePath: input.filePath,
    request: {
      kind: 'decode-to-pcm',
      maxDurationMs: mediaLimits.maxDurationMs,
      cut: input.cut ?? null,
      outputFile: input.outputFile,
      sampleRateHz: input.sampleRateHz ?? 16_000,
    },
    result: z.object({ decodedDurationMs: z.number().positive(), sizeBytes: z.number().int().positive() }),
    timeoutMs: childTimeoutMs(mediaLimits.maxDurationMs),
    signal: input.signal,
    onProgress: input.onProgress,
  })
}
