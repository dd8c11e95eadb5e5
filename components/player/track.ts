/** A recording for the player. */
export type Track = {
  /** Identifies the recording; the position is remembered under it. */
  id: string
  title: string
  /** The language of its title and captions, where it is known. */
  language?: string | null
  /** The speaker, or null. */
  artist: string | null
  /** The series it belongs to, or null. */
  album: string | null
  /** The reference that its artwork shows; may be empty. */
  reference: string
  pageHref: string
  hlsUrl: string
  /** The transcript as WebVTT. */
  captionsUrl: string
  durationMs: number
  /** Peaks (0 to 255) for the timeline; empty when unknown. */
  peaks: readonly number[]
  /** In order of time; undefined while they are unknown. */
  chapters?: readonly TrackChapter[] | undefined
}

export type TrackChapter = { title: string; startMs: number }

/** The chapter at a time, or null before the first one. */
export function chapterAt(chapters: readonly TrackChapter[], ms: number): TrackChapter | null {
  return chapters.findLast(({ startMs }) => startMs <= ms) ?? null
}
