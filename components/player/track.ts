/** What the player needs to know of a recording to play and to name it. */
export type Track = {
  /** Names the recording; the place where one stopped is remembered under it. */
  id: string
  title: string
  /** Who speaks, or null. */
  artist: string | null
  /** The series it belongs to, or null. */
  album: string | null
  /** The reference its artwork is built from; may be empty. */
  reference: string
  pageHref: string
  hlsUrl: string
  /** The transcript as WebVTT. */
  captionsUrl: string
  durationMs: number
  /** Peaks (0 to 255) for the timeline, few enough to draw at any width; empty when not known. */
  peaks: readonly number[]
}
