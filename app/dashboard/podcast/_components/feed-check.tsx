import { useTranslations } from '#components/messages/use-translations.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { FeedReport } from '#lib/feeds/feed-fault.ts'

/** The result of a check of the feed: each fault with what to do. */
export function FeedCheck({ report }: { report: FeedReport }) {
  const t = useTranslations('podcast')
  return (
    <div className="mt-4">
      <p className="text-sm text-faint">
        {t('checkedCount', { episodes: report.episodes, checked: report.checkedEpisodes })}
      </p>
      {report.faults.length === 0 ? <Notice tone="ok" title={t('allGood')} className="mt-3" /> : null}
      <ul className="mt-2 divide-y divide-line">
        {report.faults.map(({ code, severity, message, advice, episode }) => (
          <li key={`${code} ${episode ?? ''} ${message}`} className="py-3 text-sm">
            <Pill tone={severity === 'error' ? 'danger' : 'warn'}>{t(severity)}</Pill>
            {episode ? (
              <p className="mt-1.5 font-serif text-base font-semibold wrap-anywhere">{episode}</p>
            ) : null}
            <p className="mt-1 text-ink wrap-anywhere">{message}</p>
            <p className="text-soft wrap-anywhere">{advice}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}
