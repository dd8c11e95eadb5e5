/** The part of a recording that is published, in times of the uploaded recording. The end is not included. */
export type RecordingCut = { startMs: number; endMs: number }

/** A time of the uploaded recording as a time of the part; times outside become its start or its end. */
export function toPartMs(ms: number, { startMs, endMs }: RecordingCut): number {
  return Math.min(Math.max(ms, startMs), endMs) - startMs
}

/** A time of the part as a time of the uploaded recording. */
export function toRecordingMs(ms: number, { startMs }: RecordingCut): number {
  return ms + startMs
}
