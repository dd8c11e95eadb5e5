import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import type { ClipPicture } from './clip-picture.ts'
import { runMediaChild } from './run-media-child.ts'

/** Encoding a minute takes well under a minute of a processor; a busy machine takes longer. */
const LIMIT_MS = 10 * 60_000

/**
 * Cuts `durationMs` from `startMs` on out of a local audio file and writes it with `picture` as MP4 (H.264 and AAC), or
 * without one as M4A, in the confined media process. Throws AppError `internal` with the reason
 * `clip.failed`, which is worth another attempt.
 */
export async function renderClipFile(input: {
  filePath: string
  outputFile: string
  startMs: number
  durationMs: number
  picture: ClipPicture | null
  tags: Record<string, string>
  signal?: AbortSignal
  onProgress?: (share: number) => void
}): Promise<{ soundMs: number; frames: number }> {
  try {
    return await runMediaChild({
      filePath: input.filePath,
      request: {
        kind: 'clip',
        // A rendition has one track, which was chosen and repaired when it was made.
        source: { track: 1, repair: null },
        outputFile: path.resolve(input.outputFile),
        startMs: input.startMs,
        durationMs: input.durationMs,
        picture: input.picture,
        tags: input.tags,
      },
      result: z.object({ soundMs: z.number().positive(), frames: z.number().int().nonnegative() }),
      timeoutMs: LIMIT_MS,
      signal: input.signal,
      onProgress: input.onProgress,
    })
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    // Its input is a rendition of ours, so the sentences about an uploaded file would be wrong.
    throw new AppError('internal', 'The clip could not be made. Try again.', { reason: 'clip.failed', cause })
  }
}
