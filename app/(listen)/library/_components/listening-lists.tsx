'use client'

import { X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { type LibraryList, libraryStore } from '#components/library/own-library.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { recallPlace } from '#components/player/remember-listening.ts'
import type { StoredTrack } from '#components/player/stored-track.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { formatDuration } from '#components/ui/format-duration.ts'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { TrackRow } from './track-row.tsx'

const lists = ['queue', 'later', 'heard'] as const

/** What plays next, what is kept for later, and what was heard. Lists without a sermon are not shown. */
export function ListeningLists() {
  const t = useTranslations('ownLibrary')
  const library = useLibrary()
  return lists.map((list) =>
    library[list].length === 0 ? null : (
      <section key={list} aria-labelledby={list} className="mt-10">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 id={list} className="title text-xl">
            {t(`${list}Title`)}
          </h2>
          <Button size="sm" variant="quiet" onClick={() => libraryStore.clear(list)}>
            {t('clear')}
          </Button>
        </div>
        <ul className="mt-2 divide-y divide-line border-y border-line">
          {library[list].map((track) => (
            <ListedTrack key={track.id} list={list} track={track} />
          ))}
        </ul>
      </section>
    ),
  )
}

function ListedTrack({ list, track }: { list: LibraryList; track: StoredTrack }) {
  const t = useTranslations('ownLibrary')
  const language = useLanguage()
  const [placeMs, setPlaceMs] = useState(0)
  useEffect(() => setPlaceMs(recallPlace(track.id, track.durationMs)), [track])
  return (
    <TrackRow
      track={track}
      link={
        <Link href={track.pageHref} prefetch={false} className="after:absolute after:inset-0 hover:underline">
          {track.title}
        </Link>
      }
      facts={[track.artist, formatDuration(track.durationMs, language)]}
      removeButton={
        <IconButton
          label={t('removeFromList', { title: track.title })}
          className="z-10"
          onClick={() => libraryStore.remove(list, track)}
        >
          <X aria-hidden size={18} />
        </IconButton>
      }
    >
      {list === 'heard' && placeMs > 0 ? (
        <ProgressBar
          value={(placeMs / track.durationMs) * 100}
          label={t('heardUntil')}
          className="mt-1.5 max-w-48"
        />
      ) : null}
    </TrackRow>
  )
}
