import { useDateStyle } from '#components/dates/use-date-style.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { formatMoment } from '#lib/dates/format-date.ts'
import type { EarlierTranscript } from '#lib/sermons/list-earlier-transcripts.ts'

/** The transcripts of the recordings that were replaced. Listeners never see them. */
export function EarlierTranscripts({
  sermonId,
  transcripts,
}: {
  sermonId: string
  transcripts: readonly EarlierTranscript[]
}) {
  const t = useTranslations('earlierTranscripts')
  const style = useDateStyle()
  if (transcripts.length === 0) return null
  return (
    <details className="mt-4 text-xs text-soft">
      <summary className="cursor-pointer">{t('title', { count: transcripts.length })}</summary>
      <p className="mt-2">{t('explanation')}</p>
      <ul className="mt-2 flex flex-col gap-1">
        {transcripts.map(({ revision, source, createdAt }) => (
          <li key={revision}>
            <a
              href={`/api/v1/sermons/${sermonId}/transcript.vtt?revision=${revision}`}
              download={`transcript-${revision}.vtt`}
              className="text-accent underline"
            >
              {t(source === 'upload' ? 'uploaded' : 'machineMade', { date: formatMoment(createdAt, style) })}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}
