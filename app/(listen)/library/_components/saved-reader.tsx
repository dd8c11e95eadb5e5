'use client'

import { ArrowLeft } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { SavedSermon } from '#components/offline/saved-sermons.ts'
import { TrackArtwork } from '#components/player/track-artwork.tsx'
import { ChapterList } from '#components/sermon/chapter-list.tsx'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { titleSize } from '#components/sermon/title-size.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import { Transcript } from '#components/transcript/transcript.tsx'
import { Pill } from '#components/ui/pill.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import { listParagraphStarts } from '#lib/transcripts/group-paragraphs.ts'

/** A saved sermon to hear and read along with. */
export function SavedReader({ sermon }: { sermon: SavedSermon }) {
  const t = useTranslations('ownLibrary')
  const s = useTranslations('sermon')
  const { transcript, track, areChaptersDetected } = sermon
  const { chapters = [] } = track
  const words = (
    <div>
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
          marked={readingIn(track.language)}
          {...transcript}
          paragraphStarts={listParagraphStarts(transcript)}
        />
      ) : (
        <p className="text-sm text-soft">{t('noTranscript')}</p>
      )}
    </div>
  )
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
        <TrackArtwork track={track} className="w-20 shrink-0 sm:w-28" />
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
      {chapters.length > 0 ? (
        <Tabs
          className="mt-8"
          label={s('views')}
          tabs={[
            { value: 'transcript', label: s('transcriptTab'), panel: words },
            {
              value: 'chapters',
              label: s('chaptersTab'),
              panel: (
                <ChapterList
                  chapters={chapters}
                  isDetected={areChaptersDetected}
                  track={track}
                  language={track.language}
                />
              ),
            },
          ]}
        />
      ) : (
        <div className="mt-8">{words}</div>
      )}
    </article>
  )
}
