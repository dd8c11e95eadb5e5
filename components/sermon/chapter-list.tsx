import { readTranslations } from '#components/messages/read-translations.ts'
import type { Track } from '#components/player/track.ts'
import { PlayMoment } from '#components/sermon/play-moment.tsx'
import { textIn } from '#components/text/text-in.ts'
import { formatClock } from '#components/ui/format-duration.ts'
import type { Chapter } from '#lib/chapters/chapter.ts'

/**
 * The chapters of a recording; each plays from its beginning. `track` is null where it cannot be played. `isDetected`:
 * no person has read them.
 */
export async function ChapterList({
  chapters,
  isDetected,
  track,
  language,
}: {
  chapters: readonly Chapter[]
  isDetected: boolean
  track: Track | null
  language: string
}) {
  const t = await readTranslations('sermon')
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
