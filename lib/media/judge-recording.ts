import type { MediaProbe } from '#lib/media/probe-media.ts'

/** What seems to be wrong with a recording that is used nevertheless. */
export const recordingWarningCodes = ['end-missing', 'parts-unreadable'] as const

export type RecordingWarning = {
  code: (typeof recordingWarningCodes)[number]
  /** How much sound the file announces, and how much of it was found. */
  announcedMs: number
  foundMs: number
}

// Encoders round the duration in the header, and the first and last frames of a file may not decode.
const SLACK_MS = 2000
const SLACK_SHARE = 0.02

/**
 * What seems to be missing in a recording: its end, when the file announces more sound than it holds, and parts of
 * it, when not all of the sound could be decoded. Empty when nothing is.
 */
export function judgeRecording(
  { announcedMs, durationMs, spanMs }: Pick<MediaProbe, 'announcedMs' | 'durationMs' | 'spanMs'>,
  { decodedDurationMs }: { decodedDurationMs: number },
): RecordingWarning[] {
  const warnings: RecordingWarning[] = []
  if (announcedMs !== null && isMuchLess(Math.max(durationMs, spanMs), announcedMs)) {
    warnings.push(warning('end-missing', announcedMs, durationMs))
  }
  if (isMuchLess(decodedDurationMs, durationMs)) {
    warnings.push(warning('parts-unreadable', durationMs, decodedDurationMs))
  }
  return warnings
}

const isMuchLess = (foundMs: number, announcedMs: number) =>
  announcedMs - foundMs > SLACK_MS + announcedMs * SLACK_SHARE

const warning = (code: RecordingWarning['code'], announcedMs: number, foundMs: number): RecordingWarning => ({
  code,
  announcedMs: Math.round(announcedMs),
  foundMs: Math.round(foundMs),
})
