import { z } from 'zod'
import { type RecordingWarning, recordingWarningCodes } from '#lib/media/judge-recording.ts'
import { channelRepairs, type MediaProbe } from '#lib/media/probe-media.ts'
import type { RecordingView } from '#lib/sermons/sermon.ts'

/** What was decided about a recording, as `media_assets.details` of the original holds it. */
export const recordingReportSchema = z.object({
  track: z.object({ number: z.number(), of: z.number() }),
  repaired: z.array(z.enum(channelRepairs)),
  warnings: z.array(
    z.object({ code: z.enum(recordingWarningCodes), announcedMs: z.number(), foundMs: z.number() }),
  ),
})

export type RecordingReport = z.infer<typeof recordingReportSchema>

const detailsSchema = z.object({
  recording: recordingReportSchema,
  /** When a user decided to use the recording in spite of its warnings. */
  confirmedAt: z.string().optional(),
})

type Repair = NonNullable<MediaProbe['repair']>

const repairMessages: Record<Repair, string> = {
  'left-only': 'Only the left channel had sound. Both sides play it now.',
  'right-only': 'Only the right channel had sound. Both sides play it now.',
  inverted: 'One channel was inverted. It is corrected, so that both can be heard together.',
}

const warningMessages: Record<RecordingWarning['code'], (found: string, announced: string) => string> = {
  'end-missing': (found, announced) =>
    `The end of this recording may be missing: the file says it lasts ${announced}, but it holds ${found}.`,
  'parts-unreadable': (found, announced) =>
    `Parts of this recording cannot be read: ${found} of ${announced} could be used.`,
}

/** The stored details of an original as pages and the API show them; null before it was inspected. */
export function toRecordingView(details: unknown): Omit<RecordingView, 'cut'> | null {
  const stored = detailsSchema.safeParse(details).data
  if (!stored) return null
  const { track, repaired, warnings } = stored.recording
  return {
    track,
    repaired: repaired.map((code) => ({ code, message: repairMessages[code] })),
    warnings: warnings.map(({ code, announcedMs, foundMs }) => ({
      code,
      message: warningMessages[code](clock(foundMs), clock(announcedMs)),
      announcedMs,
      foundMs,
      confirmed: stored.confirmedAt !== undefined,
    })),
  }
}

/** `1:02:03`, or `0:48` for less than an hour. */
function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  const rest = two(seconds % 60)
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`
}
