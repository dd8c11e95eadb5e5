'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { libraryStore } from '#components/library/own-library.ts'
import { unavailableSermons } from '#components/library/unavailable-sermons.ts'
import { announceUnfinished, listUnfinished, type Unfinished } from '#components/library/unfinished.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { placesArrived } from '#components/player/remember-listening.ts'
import type { Track } from '#components/player/track.ts'
import { TrackArtwork } from '#components/player/track-artwork.tsx'
import { readTrackName } from '#components/player/track-name.ts'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { textIn } from '#components/text/text-in.ts'
import { ProgressBar } from '#components/ui/progress-bar.tsx'
import { Skeleton } from '#components/ui/skeleton.tsx'

/** The sermons that this listener began, with how much is left. `isExpected` leaves room for them until they are known. */
export function ContinueListening({ isExpected }: { isExpected: boolean }) {
  const t = useTranslations('home')
  const [unfinished, setUnfinished] = useState<Unfinished[] | null>(null)
  useEffect(() => {
    const read = () => {
      const gone = unavailableSermons.read()
      const found = listUnfinished(libraryStore.read()).filter(({ track }) => !gone.has(sermonOf(track)))
      setUnfinished(found)
      announceUnfinished(found.length > 0)
      return found
    }
    const ids = read().map(({ track }) => sermonOf(track))
    if (ids.length > 0) {
      void import('#components/library/follow-recordings.ts').then((file) => file.followRecordings(ids))
    }
    window.addEventListener(placesArrived, read)
    const stops = [libraryStore.subscribe(read), unavailableSermons.subscribe(read)]
    return () => {
      window.removeEventListener(placesArrived, read)
      for (const stop of stops) stop()
    }
  }, [])
  if (unfinished === null ? !isExpected : unfinished.length === 0) return null
  return (
    <section className="mt-7 noscript:hidden md:mt-9" aria-labelledby="continue">
      <h2 id="continue" className="title text-xl">
        {t('continueTitle')}
      </h2>
      <ul className="-mx-5 mt-3 flex h-26 snap-x gap-4 overflow-x-auto px-5 pb-2 [scrollbar-width:thin] md:-mx-1 md:px-1">
        {unfinished === null ? (
          <li className="w-76 shrink-0">
            <Skeleton className="h-24 rounded-card" />
          </li>
        ) : (
          unfinished.map((entry) => <UnfinishedCard key={entry.track.id} {...entry} />)
        )}
      </ul>
    </section>
  )
}

const sermonOf = (track: Track): string => readTrackName(track.id).sermonId

function UnfinishedCard({ track, placeMs }: Unfinished) {
  const t = useTranslations('home')
  const minutesLeft = Math.round((track.durationMs - placeMs) / 60_000)
  return (
    <li className="relative flex h-24 w-76 max-w-[85vw] shrink-0 snap-start scroll-ml-5 items-center gap-3 rounded-card border border-line bg-raised p-3">
      <TrackArtwork track={track} isSmall className="size-14 shrink-0 rounded-sm" />
      <div className="min-w-0 flex-1">
        <h3
          {...textIn(track.language)}
          className="line-clamp-1 font-serif text-sm leading-snug font-semibold wrap-anywhere"
        >
          <Link
            href={track.pageHref}
            prefetch={false}
            className="after:absolute after:inset-0 hover:underline"
          >
            {track.title}
          </Link>
        </h3>
        <p className="mt-0.5 truncate text-xs text-faint">{t('minutesLeft', { count: minutesLeft })}</p>
        <ProgressBar
          value={(placeMs / track.durationMs) * 100}
          label={t('heardOf', { title: track.title })}
          className="mt-1.5"
        />
      </div>
      <PlaySermon track={track} sizePx={44} look="quiet" className="z-10" />
    </li>
  )
}
