import type { Track, TrackChapter } from '#components/player/track.ts'
import { nameTrack } from '#components/player/track-name.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { recordingAddresses } from './recording-addresses.ts'

/** The track for the player of a sermon, or of a moment in one. */
export function toTrack(
  sermon: {
    id: string
    slug: string
    title: string
    speaker: string | null
    series: string | null
    scripture: string
    durationMs: number | null
    mediaRevision: number
    language?: string | null
  },
  peaks: readonly number[] = [],
): Track {
  const { id, mediaRevision } = sermon
  return {
    // A recording that replaces another is a different track with its own position.
    id: nameTrack(id, mediaRevision),
    title: sermon.title,
    language: sermon.language || null,
    artist: sermon.speaker,
    album: sermon.series,
    reference: sermon.scripture,
    pageHref: `/sermons/${sermon.slug}`,
    ...recordingAddresses(id, mediaRevision),
    durationMs: sermon.durationMs ?? 0,
    peaks,
  }
}

/** The track for the player of a sermon view. Without `chapters` the player reads them when it plays. */
export function sermonTrack(
  sermon: SermonView,
  peaks: readonly number[] = [],
  chapters?: readonly TrackChapter[],
): Track {
  const track = toTrack(
    { ...sermon, speaker: sermon.speaker?.name ?? null, series: sermon.series?.title ?? null },
    peaks,
  )
  return chapters ? { ...track, chapters } : track
}
