import type { ReactNode } from 'react'
import type { StoredTrack } from '#components/player/stored-track.ts'
import { TrackArtwork } from '#components/player/track-artwork.tsx'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { textIn } from '#components/text/text-in.ts'

/** A sermon in a list of the library. `link` contains its title and covers the row, below the two buttons. */
export function TrackRow({
  track,
  link,
  facts,
  removeButton,
  children,
}: {
  track: StoredTrack
  link: ReactNode
  facts: readonly (string | null)[]
  removeButton: ReactNode
  children?: ReactNode
}) {
  return (
    <li className="relative flex items-center gap-4 py-3">
      <TrackArtwork track={track} isSmall className="size-14 shrink-0 rounded-sm" />
      <div className="min-w-0 flex-1">
        <h3
          {...textIn(track.language)}
          className="font-serif text-base leading-snug font-semibold wrap-anywhere"
        >
          {link}
        </h3>
        <p className="mt-0.5 text-xs text-faint">{facts.filter(Boolean).join(' · ')}</p>
        {children}
      </div>
      {removeButton}
      <PlaySermon track={track} sizePx={44} look="quiet" className="z-10" />
    </li>
  )
}
