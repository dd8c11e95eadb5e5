'use client'

import { Trash2 } from 'lucide-react'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { offlineStore } from '#components/offline/offline-store.ts'
import type { SavedSermon } from '#components/offline/saved-sermons.ts'
import { IconButton } from '#components/ui/button.tsx'
import { formatBytes } from '#components/ui/format-bytes.ts'
import { formatDuration } from '#components/ui/format-duration.ts'
import { TrackRow } from './track-row.tsx'

/** A saved sermon in the list: its title opens it for reading. */
export function SavedRow({ sermon: { track, sizeBytes } }: { sermon: SavedSermon }) {
  const t = useTranslations('ownLibrary')
  const language = useLanguage()
  return (
    <TrackRow
      track={track}
      // No link of Next: the reader is on this page, which also opens without a network.
      link={
        <a href={`#${track.pageHref}`} className="after:absolute after:inset-0 hover:underline">
          {track.title}
        </a>
      }
      facts={[track.artist, formatDuration(track.durationMs, language), formatBytes(sizeBytes, language)]}
      removeButton={
        <IconButton
          label={t('removeNamed', { title: track.title })}
          className="z-10"
          onClick={() => void offlineStore.remove(track.id)}
        >
          <Trash2 aria-hidden size={18} strokeWidth={1.8} />
        </IconButton>
      }
    />
  )
}
