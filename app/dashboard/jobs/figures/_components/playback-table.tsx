import { tableClass } from '#components/jobs/table-class.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { formatElapsed } from '#components/ui/format-elapsed.ts'
import type { PlaybackFigures } from '#lib/listening/playback-reports.ts'

const causes = {
  offline: 'stallOffline',
  server: 'stallServer',
  seek: 'stallSeek',
  slow: 'stallSlow',
} as const
const number = 'text-right!'
const numberCell = 'figures text-right whitespace-nowrap'

/** How long listeners waited for sound: one row for starts, and one for each cause of stalls. */
export function PlaybackTable({ figures }: { figures: readonly PlaybackFigures[] }) {
  const t = useTranslations('jobs')
  return (
    <section aria-labelledby="playback" className="mt-10">
      <h2 id="playback" className="title text-xl">
        {t('playback')}
      </h2>
      <p className="mt-1 text-sm text-soft">{t(figures.length > 0 ? 'playbackText' : 'noPlayback')}</p>
      {figures.length > 0 ? (
        <table className={`${tableClass} mt-3`}>
          <caption className="sr-only">{t('playbackCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('playbackWait')}</th>
              <th scope="col" className={number}>
                {t('median')}
              </th>
              <th scope="col" className={`${number} max-sm:hidden`}>
                {t('p95')}
              </th>
              <th scope="col" className={`${number} pr-0!`}>
                {t('playbackCount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ kind, cause, count, p50Ms, p95Ms }) => (
              <tr key={`${kind} ${cause}`}>
                <td>{t(cause === null ? 'playbackStart' : causes[cause])}</td>
                <td className={numberCell}>{formatElapsed(p50Ms)}</td>
                <td className={`${numberCell} max-sm:hidden`}>{formatElapsed(p95Ms)}</td>
                <td className={`${numberCell} pr-0!`}>{t('number', { value: count })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}
