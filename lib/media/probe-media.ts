import { z } from 'zod'
import { mediaFailure } from './media-failures.ts'
import { childTimeoutMs, mediaLimits } from './media-limits.ts'
import { runMediaChild } from './run-media-child.ts'

/** What can be wrong with the channels of a recording, and is corrected. */
export const channelRepairs = ['left-only', 'right-only', 'inverted'] as const

const probeSchema = z.object({
  durationMs: z.number().nonnegative(),
  /** From the first packet to the end of the last: longer than the sound where there are gaps. */
  spanMs: z.number(),
  /** The duration of the sound that the file announces; null if it announces none. */
  announcedMs: z.number().nullable(),
  container: z.string(),
  codec: z.string(),
  sampleRateHz: z.number().int().positive(),
  channels: z.number().int().positive(),
  /** Which audio track is used, from 1. */
  track: z.object({ number: z.number(), of: z.number() }),
  /** What was wrong with its channels and is corrected. */
  repair: z.enum(channelRepairs).nullable(),
  bitrateBps: z.number().nonnegative(),
  sizeBytes: z.number().int().positive(),
  tags: z.object({
    title: z.string().optional(),
    artist: z.string().optional(),
    album: z.string().optional(),
    date: z.string().optional(),
    comment: z.string().optional(),
  }),
  cover: z.object({ contentType: z.string(), sizeBytes: z.number().int().positive() }).nullable(),
  chapters: z.array(z.object({ startMs: z.number().int().nonnegative(), title: z.string() })),
})

/** The properties of a recording. `durationMs` is counted from its packets, not taken from its header. */
export type MediaProbe = z.infer<typeof probeSchema>

/**
 * Inspects a local file. When `coverFile` is given and the recording contains a JPEG, PNG or WebP picture, it is
 * written there and described in `cover`; otherwise `cover` is null.
 *
 * Throws AppError `unprocessable` (or `too_large`), its message for the pastor, with reason media.empty,
 * media.too_large, media.not_audio, media.truncated, media.playlist, media.too_many_streams, media.no_audio,
 * media.too_long, media.too_short, media.child_crashed or media.child_timeout.
 */
export async function probeMedia(input: {
  filePath: string
  coverFile?: string
  signal?: AbortSignal
}): Promise<MediaProbe> {
  const probe = await runMediaChild({
    filePath: input.filePath,
    request: { kind: 'probe', maxDurationMs: mediaLimits.maxDurationMs, coverFile: input.coverFile ?? null },
    result: probeSchema,
    timeoutMs: childTimeoutMs(0),
    signal: input.signal,
  })
  if (probe.durationMs < mediaLimits.minDurationMs) throw mediaFailure('media.too_short')
  return probe
}
