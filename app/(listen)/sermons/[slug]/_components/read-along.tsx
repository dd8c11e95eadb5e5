import { Download } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import { readingIn } from '#components/text/text-in.ts'

import { Pill } from '#components/ui/pill.tsx'
import type { PackedTranscript as TranscriptToRead } from '#lib/sermons/pack-transcript.ts'
import { PackedTranscript } from './packed-transcript.tsx'

/** The transcript, with notes about its quality. */
export function ReadAlong({
  transcript,
  track,
  pageHref,
  sermonId,
  startMs,
  language,
  isTextOnly,
}: {
  transcript: TranscriptToRead
  track: Track | null
  pageHref: string
  sermonId: string
  /** The moment that the address names, or null. */
  startMs: number | null
  /** The language of the words, as a tag of BCP 47. */
  language: string
  /** A text without a recording, which has no times. */
  isTextOnly: boolean
}) {
  const t = useTranslations('sermon')
  return (
    <div>
      <div
        className={`mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-xs text-faint ${isTextOnly ? '' : 'lg:pl-16'}`}
      >
        {transcript.isDraft ? (
          <span className="flex items-center gap-2">
            <Pill tone="warn">{t('draftTranscript')}</Pill> {t('draftTranscriptText')}
          </span>
        ) : null}
        {transcript.isApproximate && !isTextOnly ? (
          <span className="flex items-center gap-2">
            <Pill>{t('approximateTimes')}</Pill> {t('approximateTimesText')}
          </span>
        ) : null}
        {isTextOnly ? null : (
          <a
            href={`/api/v1/sermons/${sermonId}/transcript.vtt`}
            className="press -ml-2 inline-flex min-h-9 items-center gap-1.5 rounded-full px-2 font-medium text-soft hover:bg-sunken hover:text-ink"
            download
          >
            <Download aria-hidden size={14} />
            {t('download')}
          </a>
        )}
      </div>
      <PackedTranscript
        track={track}
        pageHref={isTextOnly ? null : pageHref}
        startMs={startMs}
        words={transcript.words}
        sentences={transcript.sentences}
        isDraft={transcript.isDraft}
        paragraphStarts={transcript.paragraphStarts}
        speakerTurns={transcript.speakerTurns}
        sermonId={sermonId}
        marked={readingIn(language)}
      />
    </div>
  )
}
