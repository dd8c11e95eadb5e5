import { type ReactNode, useSyncExternalStore } from 'react'
import { unavailableSermons } from '#components/library/unavailable-sermons.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { StoredTrack } from '#components/player/stored-track.ts'
import { TrackArtwork } from '#components/player/track-artwork.tsx'
import { readTrackName } from '#components/player/track-name.ts'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { textIn } from '#components/text/text-in.ts'

/**
 * A sermon in a list of the library. `link` contains its title and covers the row, below the two buttons. One that cannot be
 * heard any more says so, and can only be removed.
 */
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
  const t = useTranslations('ownLibrary')
  const { subscribe, read, readOnServer } = unavailableSermons
  const isUnavailable = useSyncExternalStore(subscribe, read, readOnServer).has(
    readTrackName(track.id).sermonId,
  )
  return (
    <li className="relative flex items-center gap-4 py-3">
      <TrackArtwork track={track} isSmall className="size-14 shrink-0 rounded-sm" />
      <div className="min-w-0 flex-1">
        <h3
          {...textIn(track.language)}
          className="font-serif text-base leading-snug font-semibold wrap-anywhere"
        >
          {isUnavailable ? <span className="text-soft">{track.title}</span> : link}
        </h3>
        <p className="mt-0.5 text-xs text-faint">
          {isUnavailable ? t('unavailable') : facts.filter(Boolean).join(' · ')}
        </p>
        {children}
      </div>
      {removeButton}
      {isUnavailable ? null : <PlaySermon track={track} sizePx={44} look="quiet" className="z-10" />}
    </li>
  )
}
