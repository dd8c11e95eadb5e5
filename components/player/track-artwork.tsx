import { Artwork } from '#components/artwork/artwork.tsx'
import type { Track } from './track.ts'

/** The artwork of a track: that of its sermon, in the colour of its series. */
export function TrackArtwork({
  track,
  isSmall = false,
  className,
}: {
  track: Pick<Track, 'title' | 'reference' | 'album'>
  /** Too small for the label of the artwork. */
  isSmall?: boolean
  className?: string
}) {
  return (
    <Artwork
      title={track.title}
      reference={track.reference}
      family={track.album ?? track.title}
      isSmall={isSmall}
      {...(className ? { className } : {})}
    />
  )
}
