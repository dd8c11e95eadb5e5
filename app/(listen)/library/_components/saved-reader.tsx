'use client'

import { ArrowLeft } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { SavedSermon } from '#components/offline/saved-sermons.ts'
import { TrackArtwork } from '#components/player/track-artwork.tsx'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { titleSize } from '#components/sermon/title-size.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { Transcript } from '#components/transcript/transcript.tsx'
import { Pill } from '#components/ui/pill.tsx'

/** A saved sermon to hear and read along with. */
export function SavedReader({ sermon }: { sermon: SavedSermon }) {
  const t = useTranslations('ownLibrary')
  const s = useTranslations('sermon')
  const { transcript } = sermon
  const track = sermon.track
  return (
    <article className="mt-6">
      <a
        href="#saved"
        className="press inline-flex min-h-11 items-center gap-2 text-sm font-medium text-accent"
      >
        <ArrowLeft aria-hidden size={17} />
        {t('backToList')}
      </a>
      <header className="mt-3 flex items-center gap-5">
        <TrackArtwork track={track} className="hidden w-28 shrink-0 sm:block" />
        <div className="min-w-0 flex-1">
          <h2 {...textIn(track.language)} className={`title wrap-anywhere ${titleSize(track.title)}`}>
            {track.title}
          </h2>
          <p className="mt-2 text-sm text-soft">
            {[track.artist, track.album, track.reference].filter(Boolean).join(' · ')}
          </p>
        </div>
        <PlaySermon track={track} sizePx={64} />
      </header>
      <div className="mt-8" {...readingIn(track.language ?? '')}>
        {transcript?.isDraft ? (
          <p className="mb-3 flex items-center gap-2 text-xs text-faint lg:pl-16">
            <Pill tone="warn">{s('draftTranscript')}</Pill> {s('draftTranscriptText')}
          </p>
        ) : null}
        {transcript ? (
          <Transcript
            track={track}
            pageHref={track.pageHref}
            startMs={null}
            sermonId={null}
            {...transcript}
          />
        ) : (
          <p className="text-sm text-soft">{t('noTranscript')}</p>
        )}
      </div>
    </article>
  )
}
