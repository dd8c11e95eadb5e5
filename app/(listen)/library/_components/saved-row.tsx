'use client'

import { Trash2 } from 'lucide-react'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { offlineStore } from '#components/offline/offline-store.ts'
import type { SavedSermon } from '#components/offline/saved-sermons.ts'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { textIn } from '#components/text/text-in.ts'
import { IconButton } from '#components/ui/button.tsx'
import { formatBytes } from '#components/ui/format-bytes.ts'
import { formatDuration } from '#components/ui/format-duration.ts'

/** A saved sermon in the list: its title opens it for reading. */
export function SavedRow({ sermon }: { sermon: SavedSermon }) {
  const t = useTranslations('ownLibrary')
  const language = useLanguage()
  const { sizeBytes } = sermon
  const track = sermon.track
  return (
    <li className="group relative flex items-center gap-4 py-3.5">
      <Artwork
        title={track.title}
        reference={track.reference}
        family={track.album ?? track.title}
        isSmall
        className="size-16 shrink-0 rounded-sm sm:size-18"
      />
      <div className="min-w-0 flex-1">
        <h3
          {...textIn(track.language)}
          className="font-serif text-base leading-snug font-semibold wrap-anywhere"
        >
          <a href={`#${track.pageHref}`} className="after:absolute after:inset-0 hover:underline">
            {track.title}
          </a>
        </h3>
        <p className="mt-0.5 text-xs text-faint">
          {[track.artist, formatDuration(track.durationMs, language), formatBytes(sizeBytes, language)]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <IconButton
        label={t('removeNamed', { title: track.title })}
        className="z-10"
        onClick={() => void offlineStore.remove(track.id)}
      >
        <Trash2 aria-hidden size={18} strokeWidth={1.8} />
      </IconButton>
      <PlaySermon track={track} sizePx={44} look="quiet" className="z-10" />
    </li>
  )
}
