import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track, TrackChapter } from '#components/player/track.ts'
import { textIn } from '#components/text/text-in.ts'
import { formatClock } from '#components/ui/format-duration.ts'
import { PlayMoment } from './play-moment.tsx'

/**
 * The chapters of a recording; each plays from its beginning. `track` is null where it cannot be played. `isDetected`:
 * no person has read them.
 */
export function ChapterList({
  chapters,
  isDetected,
  track,
  language,
}: {
  chapters: readonly TrackChapter[]
  isDetected: boolean
  track: Track | null
  language: string | null
}) {
  const t = useTranslations('sermon')
  return (
    <>
      {isDetected ? <p className="mb-4 max-w-prose text-sm text-faint">{t('chaptersDetected')}</p> : null}
      <ol className="flex max-w-prose flex-col gap-2">
        {chapters.map(({ title, startMs }, index) => (
          <li key={startMs} className="flex items-center gap-3">
            {track ? (
              <PlayMoment
                track={track}
                startMs={startMs}
                endMs={chapters[index + 1]?.startMs ?? track.durationMs}
              />
            ) : (
              <span className="figures text-sm text-faint">{formatClock(startMs)}</span>
            )}
            <span {...textIn(language)} className="min-w-0 wrap-anywhere">
              {title}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
